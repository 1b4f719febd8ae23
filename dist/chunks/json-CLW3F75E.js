import{p as a}from"./chunk-5ZNBRCJV.js";import"./chunk-F5LFTG5M.js";import"./chunk-EMBIDUMY.js";export{a as json};
