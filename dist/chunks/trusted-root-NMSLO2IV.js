import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{c as a,d as b,e as c,f as d}from"./chunk-KTKCDYQI.js";import"./chunk-MMA2HOBA.js";import"./chunk-PRBQQVUB.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{c as embeddedTrustedRoot,a as instancesOf,d as publicMirror,b as readTrustedRoot};
