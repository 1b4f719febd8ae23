import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b,c,d,e,f,g,h}from"./chunk-YUQ2JTV6.js";import"./chunk-55CDFFVJ.js";export{a as attestationCondition,b as attestationInvalid,c as attestationMissing,d as attestationUntrusted,e as signatureInvalid,f as signatureMissing,h as signatureRules,g as signatureUntrusted};
