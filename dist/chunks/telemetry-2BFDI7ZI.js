import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-TPZZGMJ2.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{a as beginTelemetry};
