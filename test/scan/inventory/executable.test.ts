import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { executable } from '../../../src/scan/inventory/executable.ts'
import { goProgram, rustProgram } from '../../builders/executables.ts'
import { inChunks, summary } from './read-format.ts'

const modules = [
  'path\texample.org/app/cmd/app',
  'mod\texample.org/app\t(devel)\t',
  'dep\tgithub.com/google/uuid\tv1.6.0\th1:NIvaJDMOsjHA8n1jAhLSgzrAzy1Hgr',
  'dep\tgithub.com/old/name\tv1.0.0',
  '=>\tgithub.com/new/name\tv1.2.0\th1:x',
  'dep\texample.org/local\tv0.0.0',
  '=>\t./local\t(devel)',
  'build\t-compiler=gc',
  '',
].join('\n')

const listed = ['example.org/app (devel)', 'github.com/google/uuid v1.6.0', 'github.com/new/name v1.2.0', 'example.org/local (devel)']

async function read(bytes: Buffer, chunkBytes = 50_000) {
  const file = { path: 'usr/bin/app', sizeBytes: bytes.length, body: inChunks(bytes, chunkBytes) }
  const found = []
  for await (const one of executable.read(file, { signal: new AbortController().signal })) found.push(one)
  return found
}

test.each([3001, 65_536, 10_000_000])(
  'a Go program of either form, in chunks of %i bytes, has toolchain, main module and modules',
  async (chunkBytes) => {
    for (const form of ['inline', 'pointers'] as const) {
      const bytes = goProgram({ toolchain: 'go1.17.3', modules, form, texts: ['go1.21.0 and later', 'go1.16.1'] })
      expect(summary(await read(bytes, chunkBytes))).toEqual({ packages: ['stdlib 1.17.3', ...listed], gaps: [] })
    }
  },
)

test.each([
  ['go1.22.3 X:boringcrypto', '1.22.3'],
  ['go1.20.12 (Red Hat 1.20.12-1.el9)', '1.20.12'],
  ['go1.23rc1', '1.23rc1'],
  ['devel go1.24-abcdef12 Mon Jan 1', 'devel go1.24-abcdef12 Mon Jan 1'],
])('the toolchain %s is stdlib %s', async (toolchain, version) => {
  expect(summary(await read(goProgram({ toolchain, form: 'inline' })))).toEqual({ packages: [`stdlib ${version}`], gaps: [] })
})

test('a program that reads Go programs is not taken for what it looks for', async () => {
  const magic = Buffer.from('\xff Go buildinf:\x08\x02', 'latin1')
  const decoys = [
    // Off the alignment, and whole.
    Buffer.concat([Buffer.alloc(8), magic, Buffer.alloc(16), Buffer.from('\x07go9.9.9\x00')]),
    // On it, and senseless: 100,000 is a multiple of 16, and so is what lies before.
    Buffer.concat([Buffer.alloc(15), magic, Buffer.alloc(16, 0x61)]),
    Buffer.from('3077af0c9274080241e1c107e6d618e6', 'hex'),
  ]
  const bytes = goProgram({ toolchain: 'go1.22.0', modules, form: 'inline', texts: decoys })
  expect([0, 1].map((at) => nthIndex(bytes, magic, at) % 16)).toEqual([8, 0])
  expect(summary(await read(bytes)).packages).toEqual(['stdlib 1.22.0', ...listed])
})

function nthIndex(bytes: Buffer, pattern: Buffer, count: number): number {
  let at = bytes.indexOf(pattern)
  for (let left = count; left > 0; left--) at = bytes.indexOf(pattern, at + 1)
  return at
}

test('Go build information that is cut short is a gap', async () => {
  const inline = goProgram({ toolchain: 'go1.22.0', modules, form: 'inline' })
  expect(summary(await read(inline.subarray(0, inline.length - 300)))).toEqual({
    packages: [],
    gaps: ['Go build information is cut short'],
  })
  const pointers = goProgram({ toolchain: 'go1.17.0', modules, form: 'pointers' })
  expect(summary(await read(pointers.subarray(0, pointers.length - 60_000)))).toEqual({
    packages: [],
    gaps: ['Go build information is cut short'],
  })
})

test('Go build information that points outside, or claims endless strings, is a gap', async () => {
  const outside = goProgram({ toolchain: 'go1.17.0', form: 'pointers' })
  outside.writeBigUInt64LE(0xffffffffffffn, outside.indexOf('\xff Go buildinf:', 0, 'latin1') + 16)
  expect(summary(await read(outside)).gaps).toEqual(['Go build information points outside the program'])
  const endless = goProgram({ toolchain: 'go1.22.0', form: 'inline' })
  endless.fill(0xff, endless.indexOf('go1.22.0', endless.indexOf(' Go buildinf:')) + 8, endless.length)
  expect(summary(await read(endless)).gaps).toEqual(['Go build information has a string longer than itself'])
})

test('a Rust program with audit data has the crates that are in it', async () => {
  const document = {
    packages: [
      { name: 'hello', version: '0.1.0', source: 'local', root: true, dependencies: [1, 2] },
      { name: 'itoa', version: '1.0.19', source: 'crates.io' },
      { name: 'cc', version: '1.2.0', source: 'crates.io', kind: 'build' },
    ],
    format: 1,
  }
  for (const [chunkBytes, level] of [
    [777, 9],
    [65_536, 7],
    [10_000_000, 1],
  ] as const) {
    expect(summary(await read(rustProgram(document, level), chunkBytes))).toEqual({ packages: ['hello 0.1.0', 'itoa 1.0.19'], gaps: [] })
  }
})

test('a long Rust list is read over many chunks', async () => {
  const packages = Array.from({ length: 20_000 }, (_, at) => ({
    name: `crate-${at}-${(at * 2654435761) % 65_521}`,
    version: `1.${at}.0`,
    source: 'crates.io',
  }))
  expect(summary(await read(rustProgram({ packages }), 4096)).packages).toHaveLength(20_000)
})

test('a Rust list that is no list is a gap, other JSON is nothing', async () => {
  expect(summary(await read(rustProgram('{"packages": [{"name": 1}]}'))).gaps).toEqual([
    'Rust dependency list cannot be read: a package has no name or version',
  ])
  expect(await read(rustProgram('{"messages": []}'))).toEqual([])
})

test('a list that unpacks endlessly is refused at its bound', async () => {
  const bomb = Buffer.concat([
    rustProgram('{}'),
    deflateSync(Buffer.concat([Buffer.from('{"packages":['), Buffer.alloc(64 * 1024 * 1024, 32)])),
  ])
  expect(await read(bomb)).toEqual([])
})

test('programs are read under any name, and nothing else', async () => {
  const reads = (path: string, mode: number, sizeBytes = 1_000_000) => executable.reads(path, { mode, sizeBytes })
  expect(reads('app/server', 0o755)).toBe(true)
  expect(reads('app/plugin.so', 0o644)).toBe(true)
  expect(reads('app/libx.so.1.2', 0o644)).toBe(true)
  expect(reads('app/server.exe', 0o644)).toBe(true)
  expect(reads('app/data.json', 0o644)).toBe(false)
  expect(reads('app/script', 0o755, 500)).toBe(false)
  expect(await read(Buffer.concat([Buffer.from('#!/bin/sh\n'), goProgram({ toolchain: 'go1.1', form: 'inline' })]))).toEqual([])
})
