import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{b as c}from"./chunk-YAL4GQGR.js";import{j as s,k as f}from"./chunk-NM5DX3BE.js";import{a as p}from"./chunk-B3S2LPHD.js";import{k as u}from"./chunk-SKET7S3O.js";import{a as l}from"./chunk-H24ZHWJN.js";import"./chunk-MF6OBCMG.js";import"./chunk-VYSGZ3LS.js";import"./chunk-52HLRRST.js";import"./chunk-W4JYQBPG.js";import"./chunk-4THDCBJS.js";import"./chunk-GT42PBSI.js";import"./chunk-55CDFFVJ.js";var g=2e3,b=12e3;async function j(r,t,n){if(!n.some(({path:d,previousPath:y=d})=>[d,y].some(h=>/\.(?:json|tpl|ya?ml)$/i.test(h)))||(await t.files()).length>g)return;let[o,i]=await Promise.all([r,t].map(w));if(!o||!i)return;let e=f(o,i);if(e.added.length+e.removed.length===0)return;let a=`${e.added.length} ${e.added.length===1?"path":"paths"} opened, ${e.removed.length} closed`,m=p(e);return m.length>b?`<sub>Network: ${a}; too many to draw.</sub>`:`<details>
<summary>Network: ${a}</summary>

${u("mermaid",m)}

</details>`}async function w(r){let{pods:t,objectsOf:n}=c(await l(r),{});return s(t,n)}export{j as reachabilityRemark};
