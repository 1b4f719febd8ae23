import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-STER55YF.js";import"./chunk-CDK6MI2K.js";import"./chunk-7L3YZGDM.js";import"./chunk-WGEHVXP7.js";import"./chunk-MF6OBCMG.js";import"./chunk-55CDFFVJ.js";export{a as treeFacts};
