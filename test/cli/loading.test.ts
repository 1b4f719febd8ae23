import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folderOf } from '../builders/command.ts'

const command = resolve('src/cli.ts')

/** Prints what was loaded: modules by their addresses, Node's own parts by their names. */
const watcher = `data:text/javascript,${encodeURIComponent(`
import { registerHooks } from 'node:module'
const modules = []
registerHooks({ load: (url, context, next) => { modules.push(url); return next(url, context) } })
process.on('exit', () => process.stderr.write('\\nloaded ' + JSON.stringify([...modules, ...process.moduleLoadList]) + '\\n'))
`)}`

let folder: Awaited<ReturnType<typeof folderOf>>
beforeAll(async () => {
  folder = await folderOf({
    'none/pod.yaml': 'kind: ConfigMap\napiVersion: v1\nmetadata: {name: settings}\n',
    'policy/.portcullis.yaml': 'failOn: high\n',
  })
})
afterAll(() => folder.remove())

/** The names of what a call loads; of packages, and of files of the sources. */
function loads(directory: string, ...call: readonly string[]): { readonly packages: readonly string[]; readonly names: readonly string[] } {
  const words = ['--import', watcher, command, ...call]
  const { stderr } = spawnSync(process.execPath, words, { cwd: resolve(folder.directory, directory), encoding: 'utf8' })
  const found = /^loaded (.*)$/mu.exec(stderr)?.[1]
  if (found === undefined) throw new Error(stderr)
  const names: string[] = JSON.parse(found)
  const packages = names.flatMap((name) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//u.exec(name)?.[1] ?? [])
  return { packages: [...new Set(packages)].sort(), names: names.map((name) => name.replace(/^.*\/src\//u, '')) }
}

/** Node's HTTP, and the second client that importing it would load. */
const network = /^NativeModule (?:_http_client|http|https|internal\/deps\/undici\/undici)$/u

test('--version loads no package but the one that reads the call', () => {
  expect(loads('none', '--version').packages).toEqual(['commander'])
})

test('a scan without a network and without a policy loads neither HTTP nor what reads policies and trees', () => {
  const { names, packages } = loads('none', 'scan', '--offline', '--format', 'json', 'oci:missing')
  const heavy = ['ignore', 'string-width', 'yaml', 'zod']
  expect(packages.filter((name) => heavy.includes(name))).toEqual([])
  expect(names.filter((name) => network.test(name))).toEqual([])
  expect(
    names.filter((name) => /^(?:http-client|policy\/written|gate\/judge|gate\/tree-reader|repo\/read|repo\/git)\.ts$/u.test(name)),
  ).toEqual([])
})

test('a scan with a policy loads what reads it', () => {
  const { names, packages } = loads('policy', 'scan', '--offline', '--format', 'json', 'oci:missing')
  expect(packages.filter((name) => name === 'yaml' || name === 'zod')).toEqual(['yaml', 'zod'])
  expect(names).toContain('policy/written.ts')
})

test('a check of manifests loads nothing that reads images, and no HTTP', () => {
  const { names } = loads('none', 'check', '--checks', 'manifests', '--format', 'json')
  expect(names.filter((name) => network.test(name))).toEqual([])
  expect(
    names.filter((name) =>
      /^(?:advisories|verify|oci)\/(?:sources|registry|layer)\.ts$|^scan\/(?:layer-pass|layer-evidence)\.ts$/u.test(name),
    ),
  ).toEqual([])
  expect(names).toContain('gate/judge-manifests.ts')
})

test('HTTP is loaded without the second client when somebody is asked', () => {
  const { names } = loads('none', 'scan', '--format', 'json', '127.0.0.1:1/nobody:1')
  expect(names).toContain('NativeModule http')
  expect(names).not.toContain('NativeModule internal/deps/undici/undici')
})
