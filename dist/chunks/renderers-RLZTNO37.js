import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{r as a}from"./chunk-MEPTF7QR.js";import"./chunk-REHCOHO6.js";import"./chunk-55CDFFVJ.js";export{a as renderers};
