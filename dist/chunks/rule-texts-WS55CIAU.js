import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-KEH35APR.js";import"./chunk-55CDFFVJ.js";export{a as ruleTexts};
