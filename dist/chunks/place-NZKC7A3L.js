import{a,b,c}from"./chunk-PAVZB5M6.js";import"./chunk-LSXW7MAQ.js";import"./chunk-EMBIDUMY.js";export{b as checkoutOf,a as prefixOf,c as relocate};
