import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-JH7KEZNU.js";import"./chunk-V6GNODQZ.js";import"./chunk-G4D3FVMN.js";import"./chunk-WV2BPPK2.js";import"./chunk-MF6OBCMG.js";import"./chunk-55CDFFVJ.js";export{a as objectFacts};
