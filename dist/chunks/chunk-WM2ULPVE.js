import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
function n(e){try{return JSON.parse(new TextDecoder("utf-8",{fatal:!0}).decode(e))}catch{return}}export{n as a};
