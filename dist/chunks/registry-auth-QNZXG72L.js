import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{h as a}from"./chunk-RRVZSTQI.js";import"./chunk-6HC6KJEW.js";import"./chunk-UPEAZIH6.js";import"./chunk-WT74OGQR.js";import"./chunk-KOVFC7WT.js";import"./chunk-REHCOHO6.js";import"./chunk-55CDFFVJ.js";export{a as registrySenders};
