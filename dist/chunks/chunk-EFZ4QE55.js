import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
async function n(){let[{baseUpdateRule:e},s,i]=await Promise.all([import("./base-update-rule-VGWRRBS6.js"),import("./rules-W34FGZL7.js"),import("./rules-J4GNRABT.js")]),r=[e,...s.ruleTexts,...i.signatureRules];return new Map(r.map(t=>[t.id,t]).sort(([t],[a])=>t<a?-1:1))}export{n as a};
