import { expect, test } from 'vitest'
import { conda } from '../../../src/scan/inventory/conda.ts'
import { readFormat, summary } from './read-format.ts'

const path = 'opt/conda/conda-meta/openssl-3.0.13-h7f8727e_0.json'

test('a record has its build, channel and platform', async () => {
  const record = {
    name: 'openssl',
    version: '3.0.13',
    build: 'h7f8727e_0',
    channel: 'conda-forge',
    subdir: 'linux-64',
    license: 'Apache-2.0',
  }
  expect(await readFormat(conda, path, JSON.stringify(record))).toEqual([
    {
      kind: 'package',
      type: 'conda',
      name: 'openssl',
      version: '3.0.13',
      qualifiers: { build: 'h7f8727e_0', channel: 'conda-forge', subdir: 'linux-64' },
      licenses: ['Apache-2.0'],
    },
  ])
})

test('a record without a version is a gap, one that is cut short an error', async () => {
  expect(summary(await readFormat(conda, path, '{"name": "openssl"}')).gaps).toEqual(['record without a name or a version'])
  await expect(readFormat(conda, path, '{"name": "openssl"')).rejects.toThrow(SyntaxError)
})
