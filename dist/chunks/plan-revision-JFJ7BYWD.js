import{a}from"./chunk-XNYIHUDT.js";import"./chunk-ANU7HA6W.js";import"./chunk-26B4FU3D.js";import"./chunk-LSXW7MAQ.js";import"./chunk-EMBIDUMY.js";export{a as headOf};
