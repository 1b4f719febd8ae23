import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{i as a}from"./chunk-UMCXMWNO.js";import"./chunk-47YN2QYL.js";import"./chunk-AQ7N5RGE.js";import"./chunk-ELJPGFXW.js";import"./chunk-WT74OGQR.js";import"./chunk-KOVFC7WT.js";import"./chunk-GT42PBSI.js";import"./chunk-55CDFFVJ.js";export{a as registrySenders};
