import{a,b,c}from"./chunk-CFEGAWXQ.js";import"./chunk-F5LFTG5M.js";import"./chunk-EMBIDUMY.js";export{b as checkoutOf,a as prefixOf,c as relocate};
