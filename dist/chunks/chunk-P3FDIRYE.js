import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var n=new TextDecoder("utf-8",{fatal:!0});function r(e){try{return JSON.parse(n.decode(e))}catch{return}}export{r as a};
