import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-EZPLVCNM.js";import"./chunk-2T2X7DHP.js";import"./chunk-W3MDVN67.js";import"./chunk-4THDCBJS.js";import"./chunk-W4JYQBPG.js";import"./chunk-55CDFFVJ.js";export{a as workingTree};
