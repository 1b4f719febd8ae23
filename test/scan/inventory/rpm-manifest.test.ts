import { expect, test } from 'vitest'
import { rpmManifest } from '../../../src/scan/inventory/rpm-manifest.ts'
import { readFormat, summary } from './read-format.ts'

const path = 'var/lib/rpmmanifest/container-manifest-2'
const line = (...columns: string[]) => `${columns.join('\t')}\n`

test('a line is a package with its source and epoch', async () => {
  const content =
    line(
      'openssl-libs',
      '1.1.1k-21.cm2',
      '1',
      '1',
      'Microsoft Corporation',
      '(none)',
      '10',
      'x86_64',
      '0',
      'openssl-1.1.1k-21.cm2.src.rpm',
    ) + line('bind', '9.16-1.cm2', '1', '1', 'Microsoft Corporation', '32', '10', 'x86_64', '32', 'bind-9.16-1.cm2.src.rpm')
  expect(await readFormat(rpmManifest, path, content)).toEqual([
    {
      kind: 'package',
      type: 'rpm',
      name: 'openssl-libs',
      version: '1.1.1k-21.cm2',
      source: 'openssl',
      sourceVersion: '1.1.1k-21.cm2',
      architecture: 'x86_64',
    },
    {
      kind: 'package',
      type: 'rpm',
      name: 'bind',
      version: '32:9.16-1.cm2',
      source: 'bind',
      sourceVersion: '32:9.16-1.cm2',
      architecture: 'x86_64',
    },
  ])
})

test('a line that is cut short is a gap with its number', async () => {
  expect(summary(await readFormat(rpmManifest, path, line('a', '1-1') + line('b')))).toEqual({
    packages: [],
    gaps: ['line 1: line is not a package of ten columns', 'line 2: line is not a package of ten columns'],
  })
})
