import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
async function r(){let[e,s]=await Promise.all([import("./rules-FPHLM6RA.js"),import("./rules-J4GNRABT.js")]),i=[...e.ruleTexts,...s.signatureRules];return new Map(i.map(t=>[t.id,t]).sort(([t],[n])=>t<n?-1:1))}export{r as a};
