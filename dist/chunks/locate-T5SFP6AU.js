import{c as a}from"./chunk-LKZVCFGU.js";import"./chunk-EMBIDUMY.js";export{a as locator};
