import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{b as a,c as b,d as c}from"./chunk-4IYXJR4Q.js";import"./chunk-OAXGH3AL.js";import"./chunk-PVZP5QDM.js";import"./chunk-DABGACKS.js";import"./chunk-REHCOHO6.js";import"./chunk-55CDFFVJ.js";export{a as check,b as scan,c as verify};
