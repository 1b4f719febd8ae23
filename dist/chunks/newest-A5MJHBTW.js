import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-X2KYTULU.js";import"./chunk-2BUJKDTX.js";import"./chunk-3SCPJYSY.js";import"./chunk-6JVOSMAV.js";import"./chunk-T2KXZDZ7.js";import"./chunk-RKT5AJ3I.js";import"./chunk-55CDFFVJ.js";export{a as newestVersion};
