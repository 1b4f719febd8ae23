import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-YXXHV5UU.js";import"./chunk-MF6OBCMG.js";import"./chunk-VFLKFGYW.js";import"./chunk-52HLRRST.js";import"./chunk-NQ5AC47J.js";import"./chunk-4THDCBJS.js";import"./chunk-GT42PBSI.js";import"./chunk-55CDFFVJ.js";export{a as readRepository};
