import{b as a,c as b,d as c}from"./chunk-HEQ3B2BQ.js";import"./chunk-EMBIDUMY.js";export{c as compiledFolder,b as isCompiledKept,a as keepCompiled};
