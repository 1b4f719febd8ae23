import{p as a}from"./chunk-C2A4ZQHT.js";import"./chunk-LSXW7MAQ.js";import"./chunk-EMBIDUMY.js";export{a as json};
