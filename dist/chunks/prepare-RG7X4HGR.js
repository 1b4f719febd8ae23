import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{m as a,n as b}from"./chunk-DCC6SBVZ.js";import"./chunk-NGWTAB6M.js";import"./chunk-Q2K5FGEU.js";import"./chunk-NMJBI7E2.js";import"./chunk-4M75ANVB.js";import"./chunk-REHCOHO6.js";import"./chunk-55CDFFVJ.js";export{a as prepareCheck,b as prepareScan};
