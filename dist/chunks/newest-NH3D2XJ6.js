import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-LQVSRKMS.js";import"./chunk-ZESTX6NT.js";import"./chunk-4PQYP3L3.js";import"./chunk-6JVOSMAV.js";import"./chunk-T2KXZDZ7.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{a as newestVersion};
