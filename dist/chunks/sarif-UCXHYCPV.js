import{a,b}from"./chunk-GZQCVDEQ.js";import"./chunk-4DD5WQWN.js";import"./chunk-C2A4ZQHT.js";import"./chunk-LSXW7MAQ.js";import"./chunk-EMBIDUMY.js";export{b as sarif,a as sarifLimits};
