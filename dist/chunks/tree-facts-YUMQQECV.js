import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-4AMP2X65.js";import"./chunk-62GQDPOC.js";import"./chunk-JMLYPYE7.js";import"./chunk-MMQIFTYR.js";import"./chunk-G4D3FVMN.js";import"./chunk-WV2BPPK2.js";import"./chunk-MF6OBCMG.js";import"./chunk-55CDFFVJ.js";export{a as treeFacts};
