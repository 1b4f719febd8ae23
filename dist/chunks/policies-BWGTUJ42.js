import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{f as a,g as b}from"./chunk-XJ67IIVV.js";import"./chunk-VFLKFGYW.js";import"./chunk-MFXI6PEG.js";import"./chunk-M2TMW3WU.js";import"./chunk-TZRWUESC.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{b as packageOf,a as regoPolicies};
