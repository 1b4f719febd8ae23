import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-NJDRXSIK.js";import"./chunk-3X46K5BB.js";import"./chunk-NEQKWU5Q.js";import"./chunk-4THDCBJS.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{a as headOf};
