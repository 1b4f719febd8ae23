import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a}from"./chunk-V76GKD6A.js";import"./chunk-ADHNTMFC.js";import"./chunk-T2KXZDZ7.js";import"./chunk-55CDFFVJ.js";export{a as describeDatabase};
