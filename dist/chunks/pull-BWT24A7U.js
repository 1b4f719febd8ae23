import{n as a,o as b,p as c}from"./chunk-CNGKFQOE.js";import"./chunk-F5LFTG5M.js";import"./chunk-EMBIDUMY.js";export{a as readPull,c as readPullFiles,b as tipOf};
