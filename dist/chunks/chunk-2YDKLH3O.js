import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var e="0.1.0",o="c70ef46463377b628ed31833d33fd32bb9e7486d484249ee7aa8b635b0b621e4";export{e as a,o as b};
