import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var e="0.1.0",o="a6454b9ccadf70cd59151835da37e26deaa4be39c4f65d0766bad3707bd9a057";export{e as a,o as b};
