#!/usr/bin/env node
/** The command's door: an older Node is told so in one line, before anything that it could not parse is loaded. */
const oldest = 24
if (Number.parseInt(process.versions.node, 10) < oldest) {
  process.stderr.write(`portcullis: needs Node ${oldest} or later, this is ${process.versions.node}\n`)
  process.exitCode = 2
} else {
  import('./compile-cache.ts').then(({ keepCompiled }) => {
    // Before anything that is worth keeping.
    keepCompiled()
    return import('./cli/main.ts').then(({ main }) => main(process.argv))
  })
}
