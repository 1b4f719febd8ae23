import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a,b,c}from"./chunk-2J34AMID.js";import"./chunk-2FQ57HMK.js";import"./chunk-4M75ANVB.js";import"./chunk-T2KXZDZ7.js";import"./chunk-JCHH233Y.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{a as readVexDocuments,b as vexOfAttestations,c as withVex};
