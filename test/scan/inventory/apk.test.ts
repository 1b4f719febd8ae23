import { expect, test } from 'vitest'
import { apk } from '../../../src/scan/inventory/apk.ts'
import { apkDatabase } from '../../builders/package-databases.ts'
import { endless, readFormat, summary } from './read-format.ts'

const path = 'lib/apk/db/installed'

test('a package has its origin, architecture, licence and files', async () => {
  const database = apkDatabase({
    libcrypto3: { version: '3.3.2-r0', origin: 'openssl', license: 'Apache-2.0', files: ['usr/lib/libcrypto.so.3', 'top'] },
  })
  expect(await readFormat(apk, path, database)).toEqual([
    { kind: 'owns', path: 'usr/lib/libcrypto.so.3' },
    { kind: 'owns', path: 'top' },
    {
      kind: 'package',
      type: 'apk',
      name: 'libcrypto3',
      version: '3.3.2-r0',
      source: 'openssl',
      architecture: 'x86_64',
      licenses: ['Apache-2.0'],
    },
  ])
})

test('a database cut in the middle of a line is a gap, and what stands before it is read', async () => {
  const database = apkDatabase({ musl: '1.2.5-r0', zlib: '1.3.1-r1' })
  const found = summary(await readFormat(apk, path, database.slice(0, database.indexOf('V:1.3.1') + 4)))
  expect(found).toEqual({ packages: ['musl 1.2.5-r0', 'zlib 1.'], gaps: ['line 11: file ends in the middle of a line'] })
})

test('a paragraph without a version is a gap with its line', async () => {
  const found = summary(await readFormat(apk, path, 'P:musl\nV:1-r0\n\nP:nameless\n\n'))
  expect(found).toEqual({ packages: ['musl 1-r0'], gaps: ['line 4: paragraph without a package name or a version'] })
})

test('an endless paragraph ends in an error and not in all memory', async () => {
  const file = { path, sizeBytes: 0, body: endless(`P:${'x'.repeat(65_536)}`) }
  const read = async () => {
    for await (const _ of apk.read(file, { signal: new AbortController().signal })) throw new Error('nothing is read')
  }
  await expect(read()).rejects.toThrow('paragraph at line 1 is longer than 16777216 bytes')
})
