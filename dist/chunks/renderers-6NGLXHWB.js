import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{c as a}from"./chunk-WKA23RKK.js";import"./chunk-5G67XW2W.js";import"./chunk-2DOSCP7M.js";import"./chunk-B3S2LPHD.js";import"./chunk-SKET7S3O.js";import"./chunk-JCHH233Y.js";import"./chunk-GT42PBSI.js";import"./chunk-55CDFFVJ.js";export{a as renderers};
