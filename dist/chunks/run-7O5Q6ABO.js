import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{b as a,c as b,d as c}from"./chunk-AGGARH36.js";import"./chunk-DABGACKS.js";import"./chunk-OAXGH3AL.js";import"./chunk-ZV5N6LSF.js";import"./chunk-REHCOHO6.js";import"./chunk-55CDFFVJ.js";export{a as check,b as scan,c as verify};
