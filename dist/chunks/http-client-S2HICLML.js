import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-AQ7N5RGE.js";import"./chunk-ELJPGFXW.js";import"./chunk-GT42PBSI.js";import"./chunk-55CDFFVJ.js";export{b as asHttpError,a as createHttp};
