import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-LBXSMT6E.js";import"./chunk-GEQG7R4J.js";import"./chunk-HPL5SCMW.js";import"./chunk-KOVFC7WT.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{a as environmentCredentials};
