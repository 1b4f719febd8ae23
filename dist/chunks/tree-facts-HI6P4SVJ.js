import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-VPJFX3OX.js";import"./chunk-7NIO57UP.js";import"./chunk-7L3YZGDM.js";import"./chunk-WGEHVXP7.js";import"./chunk-MF6OBCMG.js";import"./chunk-55CDFFVJ.js";export{a as treeFacts};
