import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{c as t,e}from"./chunk-V6GNODQZ.js";import{b as o}from"./chunk-G4D3FVMN.js";import{a as r}from"./chunk-MF6OBCMG.js";function s(){return{pods:e(c=>r(c)),networkPolicy:e(t),service:e(o)}}export{s as a};
