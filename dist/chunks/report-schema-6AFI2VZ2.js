import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-W3PIQHQ5.js";import"./chunk-DCM5NNWI.js";import"./chunk-MSGSV4ZV.js";import"./chunk-WXVQOW5E.js";import"./chunk-GT42PBSI.js";import"./chunk-55CDFFVJ.js";export{a as readReport};
