import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-W5HZDHVE.js";import"./chunk-NEQKWU5Q.js";import"./chunk-YMSVVLXY.js";import"./chunk-4THDCBJS.js";import"./chunk-55CDFFVJ.js";export{a as workingTree};
