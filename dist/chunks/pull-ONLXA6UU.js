import{n as a,o as b,p as c}from"./chunk-JUY6NMKG.js";import"./chunk-LSXW7MAQ.js";import"./chunk-EMBIDUMY.js";export{a as readPull,c as readPullFiles,b as tipOf};
