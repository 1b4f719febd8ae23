import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-PKVW4IQZ.js";import"./chunk-TVNUHOWI.js";import"./chunk-ELJPGFXW.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{b as asHttpError,a as createHttp};
