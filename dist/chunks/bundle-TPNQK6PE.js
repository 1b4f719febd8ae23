import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-FYDN2RQH.js";import"./chunk-ZHKTOPK7.js";import"./chunk-MMA2HOBA.js";import"./chunk-GT42PBSI.js";import"./chunk-55CDFFVJ.js";export{a as maxBundleBytes,b as readBundle};
