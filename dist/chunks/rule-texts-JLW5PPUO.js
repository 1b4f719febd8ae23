import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-HS26T6SJ.js";import"./chunk-55CDFFVJ.js";export{a as ruleTexts};
