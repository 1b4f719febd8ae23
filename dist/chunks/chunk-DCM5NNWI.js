import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var r=class extends Error{name="PublishError";code;constructor(e,o,d){super(o,d),this.code=e}};export{r as a};
