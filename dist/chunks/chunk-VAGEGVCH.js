import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var e="0.1.0",o="4b6b5f72d2084cd1177ad14baab8658ff9362b7daf75c22e621ddbda4d4f50f0";export{e as a,o as b};
