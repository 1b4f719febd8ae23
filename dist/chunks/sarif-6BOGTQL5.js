import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-UWRM4BUE.js";import"./chunk-HLJVHPCJ.js";import"./chunk-OYP4UMZS.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{b as sarif,a as sarifLimits};
