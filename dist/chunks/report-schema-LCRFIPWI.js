import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-YJLFVOEE.js";import"./chunk-4ZB7YKEZ.js";import"./chunk-DCM5NNWI.js";import"./chunk-POQSQY5V.js";import"./chunk-OD64QQ63.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{a as readReport};
