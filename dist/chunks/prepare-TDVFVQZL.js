import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{e as a,f as b}from"./chunk-J6J7LV5E.js";import"./chunk-NGWTAB6M.js";import"./chunk-4M75ANVB.js";import"./chunk-PVZP5QDM.js";import"./chunk-NMJBI7E2.js";import"./chunk-REHCOHO6.js";import"./chunk-55CDFFVJ.js";export{a as prepareCheck,b as prepareScan};
