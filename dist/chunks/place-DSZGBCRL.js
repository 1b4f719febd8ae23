import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b,c}from"./chunk-WJJTS7CR.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{b as checkoutOf,a as prefixOf,c as relocate};
