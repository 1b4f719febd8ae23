import{h as a}from"./chunk-2JBNWFUU.js";import"./chunk-LNFUVTWL.js";import"./chunk-LSXW7MAQ.js";import"./chunk-EMBIDUMY.js";export{a as describeDatabase};
