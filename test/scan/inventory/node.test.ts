import { expect, test } from 'vitest'
import { node } from '../../../src/scan/inventory/node.ts'
import { zipOf } from '../../builders/zip.ts'
import { endless, readFormat, summary } from './read-format.ts'

const path = 'app/node_modules/left-pad/package.json'

test.each<[string, boolean]>([
  ['app/node_modules/left-pad/package.json', true],
  ['node_modules/@babel/core/package.json', true],
  ['app/node_modules/a/node_modules/b/package.json', true],
  ['app/node_modules/.pnpm/lodash@4.17.21/node_modules/lodash/package.json', true],
  ['app/.yarn/unplugged/esbuild-npm-0.19.0-abc/node_modules/esbuild/package.json', true],
  ['usr/local/lib/node_modules/npm/package.json', true],
  ['app/package.json', false],
  ['app/node_modules/a/lib/package.json', false],
  ['app/node_modules/.cache/x/package.json', false],
  ['app/node_modules/.package-lock.json', false],
  ['app/node_modules/@babel/package.json', false],
])('%s is of an installed package: %s', (file, expected) => {
  expect(node.reads(file, { mode: 0o644, sizeBytes: 1 })).toBe(expected)
})

test.each<[string, unknown, string[] | undefined]>([
  ['an expression', { license: '(MIT OR Apache-2.0)' }, ['(MIT OR Apache-2.0)']],
  ['an object', { license: { type: 'MIT' } }, ['MIT']],
  ['a list of objects', { licenses: [{ type: 'MIT' }, { type: 'ISC' }, 7] }, ['MIT', 'ISC']],
  ['nothing', {}, undefined],
])('a licence that is %s', async (_, fields, licenses) => {
  const content = JSON.stringify({ name: '@a/b', version: '1.0.0', ...(fields as object) })
  expect(await readFormat(node, path, content)).toEqual([
    { kind: 'package', type: 'npm', name: '@a/b', version: '1.0.0', ...(licenses ? { licenses } : {}) },
  ])
})

test('a folder without name or version is no package', async () => {
  expect(await readFormat(node, path, '{"type": "module"}')).toEqual([])
  expect(await readFormat(node, path, '{"name": ["a"], "version": 1, "__proto__": {"name": "x", "version": "1"}}')).toEqual([])
})

test('a byte order mark is no part of the document', async () => {
  expect(summary(await readFormat(node, path, '\ufeff{"name":"a","version":"1.0.0"}')).packages).toEqual(['a 1.0.0'])
})

test.each(['{"name": "a", "version": "1.0', '[]', 'null', '<html>'])('%s is an error', async (content) => {
  await expect(readFormat(node, path, content)).rejects.toThrow(SyntaxError)
})

test('an endless file is refused at its bound', async () => {
  const file = { path, sizeBytes: 0, body: endless(' '.repeat(65_536)) }
  await expect(node.read(file, { signal: new AbortController().signal })[Symbol.asyncIterator]().next()).rejects.toThrow(
    'file is larger than 4194304 bytes',
  )
})

test('packages that Yarn keeps zipped are read', async () => {
  const zip = zipOf({
    'node_modules/lodash/package.json': '{"name":"lodash","version":"4.17.20"}',
    'node_modules/lodash/x/package.json': '{',
  })
  expect(summary(await readFormat(node, 'app/.yarn/cache/lodash-npm-4.17.20-6393.zip', zip, 1000))).toEqual({
    packages: ['lodash 4.17.20'],
    gaps: [],
  })
  await expect(readFormat(node, '.yarn/cache/a.zip', zip.subarray(0, 40), 1000)).rejects.toThrow()
})
