var r=class extends Error{name="HttpError";code;constructor(e,o,t){super(o,t),this.code=e}};export{r as a};
