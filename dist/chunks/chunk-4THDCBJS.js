import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var r=class extends Error{name="TreeError";code;constructor(e,o,n){super(o,n),this.code=e}};export{r as a};
