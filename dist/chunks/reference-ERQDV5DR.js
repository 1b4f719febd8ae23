import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b,c,d,e,f}from"./chunk-PGWXGVWM.js";import"./chunk-KOVFC7WT.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{b as formatReference,e as isDigest,d as isTag,a as parseReference,c as referenceWithDigest,f as splitReference};
