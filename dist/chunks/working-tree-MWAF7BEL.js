import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-ERA3LURE.js";import"./chunk-NEQKWU5Q.js";import"./chunk-NQ5AC47J.js";import"./chunk-4THDCBJS.js";import"./chunk-55CDFFVJ.js";export{a as workingTree};
