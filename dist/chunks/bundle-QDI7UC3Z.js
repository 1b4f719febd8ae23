import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{d as a,e as b,f as c}from"./chunk-FDJHTNIS.js";import"./chunk-ZHKTOPK7.js";import"./chunk-REHCOHO6.js";import"./chunk-55CDFFVJ.js";export{b as isBundleMediaType,a as maxBundleBytes,c as readBundle};
