import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-4PBWOHI2.js";import"./chunk-DCM5NNWI.js";import"./chunk-MSGSV4ZV.js";import"./chunk-WXVQOW5E.js";import"./chunk-GT42PBSI.js";import"./chunk-55CDFFVJ.js";export{a as readReport};
