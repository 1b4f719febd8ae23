import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{d as a,e as b,f as c,g as d}from"./chunk-OWI3MLFT.js";import"./chunk-KGDKFPBI.js";import"./chunk-GT42PBSI.js";import"./chunk-55CDFFVJ.js";export{a as addOutputOptions,b as checkDestinations,c as writeReports,d as writeText};
