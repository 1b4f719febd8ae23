import{a,b}from"./chunk-SWYS7QAP.js";import"./chunk-CQG6244T.js";import"./chunk-LSXW7MAQ.js";import"./chunk-EMBIDUMY.js";export{a as maxBundleBytes,b as readBundle};
