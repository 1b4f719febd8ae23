import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{t as a}from"./chunk-BKZYNUF6.js";import"./chunk-B3S2LPHD.js";import"./chunk-SKET7S3O.js";import"./chunk-JCHH233Y.js";import"./chunk-RKT5AJ3I.js";import"./chunk-55CDFFVJ.js";export{a as renderers};
