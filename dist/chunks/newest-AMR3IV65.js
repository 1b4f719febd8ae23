import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-C2VAP5EL.js";import"./chunk-TJ23IGN4.js";import"./chunk-GACLGQ3Y.js";import"./chunk-6JVOSMAV.js";import"./chunk-GT42PBSI.js";import"./chunk-T2KXZDZ7.js";import"./chunk-55CDFFVJ.js";export{a as newestVersion};
