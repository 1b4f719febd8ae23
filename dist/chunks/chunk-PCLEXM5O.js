import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var e="0.1.0",o="f45ae48fbd7ba9d39097b581973575e61babd662f8689a9ffadc365023352fce";export{e as a,o as b};
