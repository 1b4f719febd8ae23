import { pathToFileURL } from 'node:url'
import { type BuildOptions, build, type Metafile } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importing, sharedFiles } from '../../scripts/chunks.ts'
import { folderOf } from '../builders/command.ts'

const large = (name: string) => `export const ${name} = ${JSON.stringify(name.repeat(20_000))}.length\n`

/** Two entries of one run that share some modules with each other and some with an entry of another run. */
const sources = {
  'src/door.ts': `export const run = async () => [(await import('./first.ts')).first, (await import('./second.ts')).second]
export const other = async () => (await import('./other.ts')).other\n`,
  'src/first.ts': `import { one } from './one.ts'\nimport { two } from './two.ts'\nexport const first = one + two\n`,
  'src/second.ts': `import { one } from './one.ts'\nimport { first } from './first.ts'\nimport { three } from './three.ts'\nexport const second = first + one + three\n`,
  'src/other.ts': `import { one } from './one.ts'\nimport { three } from './three.ts'\nexport const other = one + three\n`,
  'src/one.ts': large('one'),
  'src/two.ts': large('two'),
  'src/three.ts': large('three'),
}

let folder: Awaited<ReturnType<typeof folderOf>>
beforeAll(async () => {
  folder = await folderOf({ ...sources, 'package.json': '{"type":"module"}' })
})
afterAll(() => folder.remove())

async function built(outdir: string, runs?: Readonly<Record<string, readonly string[]>>): Promise<Metafile> {
  const place = {
    ...{ entryPoints: ['src/door.ts'], bundle: true, splitting: true, format: 'esm', metafile: true },
    ...{ absWorkingDir: folder.directory, outdir: `${folder.directory}/${outdir}` },
  } satisfies BuildOptions
  const apart = await build({ ...place, write: runs === undefined })
  if (!runs) return apart.metafile
  return (await build({ ...place, plugins: [importing(sharedFiles(apart.metafile, runs), folder.directory)] })).metafile
}

/** Of an entry: all files that are loaded with it, and their bytes. */
function loaded({ outputs }: Metafile, entries: readonly string[]): { readonly files: number; readonly bytes: number } {
  const found = new Set(Object.keys(outputs).filter((file) => entries.includes(outputs[file]?.entryPoint ?? '')))
  for (const file of found) for (const { path, kind } of outputs[file]?.imports ?? []) if (kind === 'import-statement') found.add(path)
  return { files: found.size, bytes: [...found].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0) }
}

const run = ['src/first.ts', 'src/second.ts']

test('what one run loads is in fewer files, and no other run loads more for it', async () => {
  const [apart, together] = [await built('apart'), await built('together', { run, other: ['src/other.ts'] })]
  expect(loaded(together, run).files).toBeLessThan(loaded(apart, run).files)
  expect(loaded(together, ['src/other.ts']).bytes).toBeLessThan(loaded(apart, ['src/other.ts']).bytes + 200)
})

test('modules are still evaluated after what they need', async () => {
  await built('evaluated', { run, other: ['src/other.ts'] })
  const door = await import(pathToFileURL(`${folder.directory}/evaluated/door.js`).href)
  expect([await door.run(), await door.other()]).toEqual([[120_000, 280_000], 160_000])
})

test('a run that names what is no entry is refused', async () => {
  const apart = await built('named')
  expect(() => sharedFiles(apart, { run: ['src/one.ts'] })).toThrow('run run: src/one.ts is no entry')
})
