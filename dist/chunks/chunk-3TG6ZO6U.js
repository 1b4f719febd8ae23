import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var e=new Set(["apk","deb","rpm"]);export{e as a};
