import{a,b}from"./chunk-FTNEYMGG.js";import"./chunk-EMBIDUMY.js";export{b as makeFolder,a as writeWhole};
