import{e as a}from"./chunk-ZYC3SZZS.js";import"./chunk-LNFUVTWL.js";import"./chunk-LSXW7MAQ.js";import"./chunk-EMBIDUMY.js";export{a as newestVersion};
