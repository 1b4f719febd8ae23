import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-PLASTPC6.js";import"./chunk-MF6OBCMG.js";import"./chunk-VFLKFGYW.js";import"./chunk-52HLRRST.js";import"./chunk-YMSVVLXY.js";import"./chunk-4THDCBJS.js";import"./chunk-GT42PBSI.js";import"./chunk-55CDFFVJ.js";export{a as readRepository};
