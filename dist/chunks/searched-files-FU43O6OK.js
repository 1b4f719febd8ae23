import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-PLG54Y64.js";import"./chunk-6VZ2YZV3.js";import"./chunk-55CDFFVJ.js";export{a as searchLimitBytes,b as searchedFiles};
