#!/usr/bin/env node
Number.parseInt(process.versions.node,10)<24?(process.stderr.write(`portcullis: needs Node 24 or later, this is ${process.versions.node}
`),process.exitCode=2):import("./chunks/compile-cache-I3I4MB2O.js").then(({keepCompiled:e})=>(e(),import("./chunks/main-JPGD3ZXN.js").then(({main:s})=>s(process.argv))));
