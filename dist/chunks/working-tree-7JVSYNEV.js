import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-2FYYQ5J5.js";import"./chunk-NEQKWU5Q.js";import"./chunk-W3MDVN67.js";import"./chunk-4THDCBJS.js";import"./chunk-W4JYQBPG.js";import"./chunk-55CDFFVJ.js";export{a as workingTree};
