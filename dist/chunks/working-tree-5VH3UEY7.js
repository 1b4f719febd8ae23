import{a}from"./chunk-UO4CYXE5.js";import"./chunk-V6MH53CQ.js";import"./chunk-26B4FU3D.js";import"./chunk-F5LFTG5M.js";import"./chunk-EMBIDUMY.js";export{a as workingTree};
