import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
function t({hash:r,beginning:e}){return`SHA-256 ${r}…${e?`, begins with ${JSON.stringify(e)}`:""}`}var n=["unknown","low","medium","high","critical"];function i(r,e){return n.indexOf(r)<=n.indexOf(e)?r:e}export{t as a,i as b};
