import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{g as a,h as b,i as c}from"./chunk-OCSSVCNY.js";import"./chunk-NRCMN43F.js";import"./chunk-DCM5NNWI.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{a as readPull,c as readPullFiles,b as tipOf};
