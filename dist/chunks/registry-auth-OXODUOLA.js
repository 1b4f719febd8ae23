import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{p as a}from"./chunk-HTH2RH5S.js";import"./chunk-5LX57SZL.js";import"./chunk-EILRYEEE.js";import"./chunk-REHCOHO6.js";import"./chunk-55CDFFVJ.js";export{a as registrySenders};
