import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-WYGULTMS.js";import"./chunk-XVX35RQ6.js";import"./chunk-XDBT5QB4.js";import"./chunk-HKACZOZO.js";import"./chunk-HLJVHPCJ.js";import"./chunk-SKET7S3O.js";import"./chunk-JCHH233Y.js";import"./chunk-HAYHVHHC.js";import"./chunk-55CDFFVJ.js";export{a as renderers};
