import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
function e(t,n,i,o){return{field:t,message:n,...i&&{suggestion:i},...o&&{severity:o}}}function r(t){return t.kind!=="absent"&&t.kind!=="null"}export{e as a,r as b};
