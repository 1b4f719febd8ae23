import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-HX4ZL2ZR.js";import"./chunk-CMU73L77.js";import"./chunk-2T2X7DHP.js";import"./chunk-4THDCBJS.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{a as headOf};
