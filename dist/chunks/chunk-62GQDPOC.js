import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{c as n}from"./chunk-MMQIFTYR.js";import{b}from"./chunk-G4D3FVMN.js";import{a as i}from"./chunk-MF6OBCMG.js";function j(){return{pods:r(e=>i(e)),networkPolicy:r(n),service:r(b)}}function r(e){let c=new Map;return t=>{let o=c.get(t)??e(t);return c.set(t,o),o}}export{j as a};
