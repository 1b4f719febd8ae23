import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{resolve as s}from"node:path";function y(o,i){return o.registries.mirrors.map(({prefix:t,to:r})=>({prefix:t,to:"layouts"in r?{layouts:s(i,r.layouts)}:r}))}export{y as a};
