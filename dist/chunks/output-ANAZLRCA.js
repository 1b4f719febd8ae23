import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{d as a,e as b,f as c,g as d}from"./chunk-YGGXZDSC.js";import"./chunk-PCLEXM5O.js";import"./chunk-OC35UDDI.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{a as addOutputOptions,b as checkDestinations,c as writeReports,d as writeText};
