import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var e="link that leaves the tree",r="link to a folder that leaves the tree";export{e as a,r as b};
