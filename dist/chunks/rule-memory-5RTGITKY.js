import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-DIRJWTSH.js";import"./chunk-55CDFFVJ.js";export{a as ruleMemory,b as watched};
