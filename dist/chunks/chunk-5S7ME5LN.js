import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var e=new Set(["compose/literal-secret","dockerfile/secret-argument","object/literal-secret","pod/literal-secret"]);export{e as a};
