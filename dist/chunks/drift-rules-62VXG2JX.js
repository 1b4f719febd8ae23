import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b,c,d,e,f,g,h}from"./chunk-OPVPDWKV.js";import"./chunk-55CDFFVJ.js";export{g as anomalyRule,a as binaryAddedRule,h as driftRules,b as entrypointChangedRule,c as networkServiceAddedRule,d as portAddedRule,e as setuidAddedRule,f as userRootRule};
