import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b,c}from"./chunk-EXWRXPNT.js";import"./chunk-LHCZTXXK.js";import"./chunk-FSGQWT76.js";import"./chunk-HLJVHPCJ.js";import"./chunk-OYP4UMZS.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{a as commentLimit,b as markdown,c as renderMarkdown};
