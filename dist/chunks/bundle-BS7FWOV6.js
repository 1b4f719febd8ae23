import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-V5E6HQMY.js";import"./chunk-ZHKTOPK7.js";import"./chunk-MMA2HOBA.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{a as maxBundleBytes,b as readBundle};
