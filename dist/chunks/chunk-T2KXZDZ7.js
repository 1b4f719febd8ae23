import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var o=class extends Error{name="AdvisoryError";code;constructor(r,e,d){super(e,d),this.code=r}},s=class extends o{name="UnreadableVersion";constructor(r,e){super("unreadable-version",r,e)}};export{o as a,s as b};
