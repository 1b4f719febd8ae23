import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b,c,d}from"./chunk-JVVSJHLL.js";import"./chunk-POQSQY5V.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{a as notePrefix,d as recordsOf,b as withBlocks,c as withEffects};
