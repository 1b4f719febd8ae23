import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var r=class extends Error{name="VerificationError";code;constructor(o,e,t){super(e,t),this.code=o}};export{r as a};
