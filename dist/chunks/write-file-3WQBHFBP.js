import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b}from"./chunk-OC35UDDI.js";import"./chunk-55CDFFVJ.js";export{b as makeFolder,a as writeWhole};
