import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b,c,d}from"./chunk-BVGPOJ5B.js";import"./chunk-POQSQY5V.js";import"./chunk-PGWXGVWM.js";import"./chunk-KOVFC7WT.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{b as judgedImages,d as narrowed,a as verdictPredicateType,c as verdictStatement};
