import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b,c}from"./chunk-VFLKFGYW.js";import"./chunk-55CDFFVJ.js";export{c as complaint,b as programRunner,a as programsAtOnce};
