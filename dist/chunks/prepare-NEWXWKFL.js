import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{e as a,f as b}from"./chunk-MXNHYIXD.js";import"./chunk-DHUPXMDA.js";import"./chunk-4M75ANVB.js";import"./chunk-ZHWFZJ4B.js";import"./chunk-REHCOHO6.js";import"./chunk-55CDFFVJ.js";export{a as prepareCheck,b as prepareScan};
