#!/usr/bin/env node
Number.parseInt(process.versions.node,10)<24?(process.stderr.write(`portcullis: needs Node 24 or later, this is ${process.versions.node}
`),process.exitCode=2):import("./chunks/compile-cache-K47J7S3O.js").then(({keepCompiled:e})=>(e(),import("./chunks/main-YHONKUIJ.js").then(({main:s})=>s(process.argv))));
