import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-D347DUQW.js";import"./chunk-X3SKHMTK.js";import"./chunk-UUMIVTNU.js";import"./chunk-37UTLBXT.js";import"./chunk-MF6OBCMG.js";import"./chunk-55CDFFVJ.js";export{a as treeFacts};
