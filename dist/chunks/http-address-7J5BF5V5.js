import{f as a,g as b,h as c}from"./chunk-Q7SSS2IZ.js";import"./chunk-OTM7PEXO.js";import"./chunk-EMBIDUMY.js";export{a as addressRules,c as hostOf,b as isLoopbackHost};
