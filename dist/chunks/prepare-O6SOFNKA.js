import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{e as a,f as b}from"./chunk-5L5BLBMN.js";import"./chunk-DHUPXMDA.js";import"./chunk-4M75ANVB.js";import"./chunk-ZV5N6LSF.js";import"./chunk-REHCOHO6.js";import"./chunk-55CDFFVJ.js";export{a as prepareCheck,b as prepareScan};
