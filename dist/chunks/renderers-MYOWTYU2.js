import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{B as a}from"./chunk-KJKY2YLK.js";import"./chunk-REHCOHO6.js";import"./chunk-55CDFFVJ.js";export{a as renderers};
