import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{c as a,d as b,e as c}from"./chunk-KFBY3PX4.js";import"./chunk-OAXGH3AL.js";import"./chunk-MF6OBCMG.js";import"./chunk-Q2K5FGEU.js";import"./chunk-REHCOHO6.js";import"./chunk-55CDFFVJ.js";export{a as check,b as scan,c as verify};
