import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-EHA5ZL4C.js";import"./chunk-VGOK3VOM.js";import"./chunk-55CDFFVJ.js";export{a as locator};
