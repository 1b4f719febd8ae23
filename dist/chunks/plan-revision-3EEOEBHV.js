import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-4HTIBMQW.js";import"./chunk-RNH736ZT.js";import"./chunk-NEQKWU5Q.js";import"./chunk-4THDCBJS.js";import"./chunk-GT42PBSI.js";import"./chunk-55CDFFVJ.js";export{a as headOf};
