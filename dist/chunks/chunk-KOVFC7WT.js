import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var r=class extends Error{name="RegistryError";code;constructor(e,o,t){super(o,t),this.code=e}};export{r as a};
