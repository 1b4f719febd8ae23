/** Makes `dist/`: the packaged command and Action with what they load, the same bytes on every build, and the licences of what is inside. */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild'
import { importing, sharedFiles } from './chunks.ts'
import { runs } from './runs.ts'

const output = process.argv[2] ?? 'dist'
const entries = ['src/action.ts', 'src/cli.ts', 'src/manifests/user-policies/rego/wasm-worker.ts', 'src/scan/layer-worker.ts']

/** OPA's library has functions over YAML with an older parser of their own: `yaml-builtins.ts` stands for them. */
const oneYaml: Plugin = {
  name: 'one-yaml',
  setup({ onLoad }) {
    onLoad({ filter: /opa-wasm\/src\/builtins\/yaml\.js$/ }, () => ({ contents: 'module.exports = {}' }))
  },
}

/** What libraries make when they are loaded takes Node tens of milliseconds, and most runs do without it: it is made when it is used. */
const atFirstUse: readonly { readonly file: RegExp; readonly made: string; readonly instead: string }[] = [
  {
    file: /packageurl-js\/src\/strings\.js$/,
    made: 'const { compare: localeCompare } = new Intl.Collator()',
    // Single digits are compared with it when the library is loaded: their order is that of their numbers in every locale.
    instead: String.raw`let collator; const localeCompare = (left, right) =>
      /^\d,\d$/.test(left + ',' + right) ? Math.sign(left - right) : (collator ??= new Intl.Collator()).compare(left, right)`,
  },
  {
    file: /string-width\/index\.js$/,
    made: 'const segmenter = new Intl.Segmenter()',
    instead: 'let segmenting; const segmenter = { segment: (text) => (segmenting ??= new Intl.Segmenter()).segment(text) }',
  },
  {
    file: /string-width\/index\.js$/,
    made: String.raw`const emojiPrefixRegex = /^(?:\p{RGI_Emoji}|\p{Regional_Indicator}{1,2}|[\d#*]\u{FE0F})/v`,
    instead: String.raw`let emojiPrefix; const emojiPrefixRegex = {
      pattern: () => (emojiPrefix ??= /^(?:\p{RGI_Emoji}|\p{Regional_Indicator}{1,2}|[\d#*]\u{FE0F})/v),
      exec: (text) => emojiPrefixRegex.pattern().exec(text),
      test: (text) => emojiPrefixRegex.pattern().test(text),
    }`,
  },
]

const lateConstants: Plugin = {
  name: 'late-constants',
  setup({ onLoad }) {
    for (const filter of new Set(atFirstUse.map(({ file }) => file.source)))
      onLoad({ filter: new RegExp(filter) }, async ({ path }) => {
        let contents = await readFile(path, 'utf8')
        for (const { made, instead } of atFirstUse.filter(({ file }) => file.source === filter)) {
          if (contents.split(made).length !== 2) throw new Error(`${path}: expected once: ${made}`)
          contents = contents.replace(made, () => instead)
        }
        return { contents }
      })
  },
}

const options = {
  entryPoints: entries,
  outdir: output,
  entryNames: '[name]',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minify: true,
  legalComments: 'none',
  charset: 'utf8',
  metafile: true,
  plugins: [lateConstants, oneYaml],
  logLevel: 'warning',
  write: false,
} satisfies BuildOptions

/** Bundled CommonJS packages ask for Node's own modules with `require`, by a function of esbuild's that is in one file. */
const requiring = `const require=process.getBuiltinModule('node:module').createRequire(import.meta.url);`

await rm(output, { recursive: true, force: true })
const apart = await build(options)
const together = { ...options, plugins: [...options.plugins, importing(sharedFiles(apart.metafile, runs))] }
const { metafile, outputFiles } = await build({ ...together, define: { portcullisCode: JSON.stringify(await codeDigest()) } })
for (const { path, text } of outputFiles) {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, /\btypeof require\b/u.test(text) ? requiring + text : text, { mode: text.startsWith('#!') ? 0o755 : 0o644 })
}
await writeFile(join(output, 'package.json'), `${JSON.stringify({ type: 'module' })}\n`)
await writeFile(join(output, 'licenses.txt'), await licences(metafile))
report(metafile)

/** Of all code but the digest itself: what one build kept of its judgements is nothing to another. */
async function codeDigest(): Promise<string> {
  const { outputFiles } = await build(together)
  const digests = outputFiles.map(({ path, contents }) => `${basename(path)} ${createHash('sha256').update(contents).digest('hex')}`)
  return createHash('sha256').update(digests.sort().join('\n')).digest('hex')
}

/** One entry a package: name, version and its licence text, sorted by name. */
async function licences(meta: Metafile): Promise<string> {
  const directories = new Set<string>()
  for (const input of Object.keys(meta.inputs)) {
    const match = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(input)
    if (match) directories.add(match[0])
  }
  const texts = await Promise.all([...directories].map(licenceOf))
  return `${texts.sort().join(`\n${'-'.repeat(80)}\n\n`)}`
}

async function licenceOf(directory: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'))
  const file = (await readdir(directory)).find((entry) => /^(licen[cs]e|copying)/iu.test(entry))
  const text = file === undefined ? `Licence: ${license}\n` : await readFile(join(directory, file), 'utf8')
  return `${name} ${version} (${license})\n\n${text.replaceAll('\r\n', '\n').trim()}\n`
}

function report(meta: Metafile): void {
  const outputs = Object.entries(meta.outputs)
  const total = outputs.reduce((sum, [, { bytes }]) => sum + bytes, 0)
  for (const [file, { bytes }] of outputs) if (dirname(file) === output) console.log(`${file} ${(bytes / 1024).toFixed(0)} KiB`)
  console.log(`${outputs.length} files, ${(total / 1024 / 1024).toFixed(2)} MiB`)
}
