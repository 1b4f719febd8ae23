import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-BBNDCUSK.js";import"./chunk-22VWFMKV.js";import"./chunk-6JVOSMAV.js";import"./chunk-REHCOHO6.js";import"./chunk-T2KXZDZ7.js";import"./chunk-55CDFFVJ.js";export{a as newestVersion};
