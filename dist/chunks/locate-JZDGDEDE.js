import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-J7OM6O27.js";import"./chunk-GTHSA3LK.js";import"./chunk-55CDFFVJ.js";export{a as locator};
