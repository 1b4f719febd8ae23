import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-5RMTX63S.js";import"./chunk-ZOLNWA2J.js";import"./chunk-C57URY37.js";import"./chunk-6JVOSMAV.js";import"./chunk-RKT5AJ3I.js";import"./chunk-T2KXZDZ7.js";import"./chunk-55CDFFVJ.js";export{a as newestVersion};
