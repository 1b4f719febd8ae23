#!/usr/bin/env node
import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
Number.parseInt(process.versions.node,10)<24?(process.stderr.write(`portcullis: needs Node 24 or later, this is ${process.versions.node}
`),process.exitCode=2):import("./chunks/main-Y57ZGK7D.js").then(({main:e})=>e(process.argv));
