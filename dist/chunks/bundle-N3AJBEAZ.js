import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b,c}from"./chunk-KXKXJCDA.js";import"./chunk-ZHKTOPK7.js";import"./chunk-MMA2HOBA.js";import"./chunk-REHCOHO6.js";import"./chunk-55CDFFVJ.js";export{b as isBundleMediaType,a as maxBundleBytes,c as readBundle};
