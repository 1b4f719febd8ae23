import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
var r=/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;function d(n){if(!r.test(n))return;let e=Buffer.from(n,"base64");return e.toString("base64")===n?e:void 0}export{d as a};
