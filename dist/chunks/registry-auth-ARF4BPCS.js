import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{i as a}from"./chunk-EQBGH4BV.js";import"./chunk-6NKATAO2.js";import"./chunk-TWBNI3C3.js";import"./chunk-WT74OGQR.js";import"./chunk-KOVFC7WT.js";import"./chunk-RKT5AJ3I.js";import"./chunk-55CDFFVJ.js";export{a as registrySenders};
