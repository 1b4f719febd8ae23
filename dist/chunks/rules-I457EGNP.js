import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b,c,d,e,f,g,h,i}from"./chunk-FFB2I4BF.js";import"./chunk-REHCOHO6.js";import"./chunk-55CDFFVJ.js";export{a as changeRules,b as dockerfileRules,c as imageUseRules,d as objectRules,e as podRules,f as repositoryRules,h as ruleLists,i as ruleTexts,g as standardRules};
