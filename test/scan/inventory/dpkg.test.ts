import { expect, test } from 'vitest'
import { dpkg } from '../../../src/scan/inventory/dpkg.ts'
import { dpkgStatus } from '../../builders/package-databases.ts'
import { readFormat, summary } from './read-format.ts'

const path = 'var/lib/dpkg/status'

test('the source and its version come from the Source field, else from the package', async () => {
  const database = dpkgStatus({
    bsdutils: { version: '1:2.36.1-8', source: 'util-linux (2.36.1-8)' },
    libc6: { version: '2.36-9', source: 'glibc' },
    nano: '7.2-1',
  })
  const found = await readFormat(dpkg, path, database)
  expect(found.map((one) => one.kind === 'package' && [one.name, one.version, one.source, one.sourceVersion])).toEqual([
    ['bsdutils', '1:2.36.1-8', 'util-linux', '2.36.1-8'],
    ['libc6', '2.36-9', 'glibc', '2.36-9'],
    ['nano', '7.2-1', 'nano', '7.2-1'],
  ])
})

test.each([
  ['install ok installed', true],
  ['hold ok installed', true],
  ['install ok half-configured', true],
  ['install reinstreq half-installed', true],
  ['install ok triggers-pending', true],
  [null, true],
  ['deinstall ok config-files', false],
  ['purge ok not-installed', false],
])('a package whose status is %s is in the inventory: %s', async (status, present) => {
  const found = summary(await readFormat(dpkg, path, dpkgStatus({ nano: { version: '7.2-1', status } })))
  expect(found).toEqual({ packages: present ? ['nano 7.2-1'] : [], gaps: [] })
})

test('a status that dpkg does not know is a gap, and the package counts', async () => {
  const found = summary(await readFormat(dpkg, path, dpkgStatus({ nano: { version: '7.2-1', status: 'gone' } })))
  expect(found).toEqual({ packages: ['nano 7.2-1'], gaps: ['line 1: status "gone" is not one of dpkg\'s'] })
})

test('records of status.d are read, and their companions are not', () => {
  const reads = (name: string) => dpkg.reads(`var/lib/dpkg/status.d/${name}`, { mode: 0o644, sizeBytes: 1 })
  expect(['libc6', 'libstdc++6', 'python3.11', 'bGliYzY'].filter((name) => !reads(name))).toEqual([])
  expect(['libc6.md5sums', 'libc6.postinst', 'libc6.list', 'folder/libc6', ''].filter(reads)).toEqual([])
  expect(dpkg.reads('var/lib/dpkg/status-old', { mode: 0o644, sizeBytes: 1 })).toBe(false)
})

test('lines that are no fields are gaps with their line, and the rest is read', async () => {
  const found = summary(await readFormat(dpkg, path, ` stray\n\nPackage: nano\nnonsense\nVersion: 7.2-1\n\n\u0000\u0001\n`))
  expect(found).toEqual({
    packages: ['nano 7.2-1'],
    gaps: [
      'line 1: continuation line without a field before it',
      'line 1: paragraph without a package name or a version',
      'line 4: line without a field name',
      'line 7: line without a field name',
      'line 7: paragraph without a package name or a version',
    ],
  })
})
