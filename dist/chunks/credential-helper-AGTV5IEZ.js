import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-CY6AAEQZ.js";import"./chunk-METSJHB2.js";import"./chunk-PGWXGVWM.js";import"./chunk-KOVFC7WT.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{a as environmentCredentials};
