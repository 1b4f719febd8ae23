import{a}from"./chunk-HUCEZ7QZ.js";import"./chunk-XSQXB4LT.js";import"./chunk-Z35GKRAG.js";import"./chunk-LSXW7MAQ.js";import"./chunk-EMBIDUMY.js";export{a as environmentCredentials};
