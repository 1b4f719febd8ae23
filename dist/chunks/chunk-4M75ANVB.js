import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
function e(s){if(!(s instanceof Error))return String(s);let n=s.cause instanceof Error&&!s.message.includes(s.cause.message)?`: ${s.cause.message}`:"";return`${s.message}${n}`}export{e as a};
