import{a,b}from"./chunk-ENT4TPWY.js";import"./chunk-CQG6244T.js";import"./chunk-F5LFTG5M.js";import"./chunk-EMBIDUMY.js";export{a as maxBundleBytes,b as readBundle};
