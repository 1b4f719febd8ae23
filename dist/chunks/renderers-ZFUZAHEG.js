import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{c as a}from"./chunk-7JSNPH56.js";import"./chunk-4ATKIHNG.js";import"./chunk-HJ5FJV4K.js";import"./chunk-SKET7S3O.js";import"./chunk-JCHH233Y.js";import"./chunk-GT42PBSI.js";import"./chunk-55CDFFVJ.js";export{a as renderers};
