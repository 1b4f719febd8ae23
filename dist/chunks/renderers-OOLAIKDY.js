import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-2FSSPVT2.js";import"./chunk-55CDFFVJ.js";export{a as renderers,b as withoutTexts};
