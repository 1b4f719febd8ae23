import{a,b}from"./chunk-RYV25AU6.js";import"./chunk-EMBIDUMY.js";export{b as compiledFolder,a as keepCompiled};
