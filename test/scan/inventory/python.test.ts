import { expect, test } from 'vitest'
import { python } from '../../../src/scan/inventory/python.ts'
import { readFormat, summary } from './read-format.ts'

const path = 'usr/lib/python3/dist-packages/x-1.dist-info/METADATA'

test.each<[string, boolean]>([
  ['venv/lib/python3.11/site-packages/flask-3.0.0.dist-info/METADATA', true],
  ['usr/lib/python3/dist-packages/six.egg-info', true],
  ['usr/lib/python3/dist-packages/pip.egg-info/PKG-INFO', true],
  ['usr/lib/python3/dist-packages/foo-1.0-py3.11.egg/EGG-INFO/PKG-INFO', true],
  ['src/PKG-INFO', false],
  ['usr/lib/python3/dist-packages/pip.egg-info/SOURCES.txt', false],
])('%s is metadata of a distribution: %s', (file, expected) => {
  expect(python.reads(file, { mode: 0o644, sizeBytes: 1 })).toBe(expected)
})

test('the head alone is read, with folded lines, either line end and the licence', async () => {
  for (const end of ['\n', '\r\n']) {
    const content = [
      'Metadata-Version: 2.1',
      'Name: Flask_X',
      'version: 3.0.0',
      'License-Expression: BSD-3-Clause',
      'Summary: a',
      '  b',
      '',
      'Name: evil',
      'Version: 0',
    ].join(end)
    expect(await readFormat(python, path, content)).toEqual([
      { kind: 'package', type: 'pypi', name: 'Flask_X', version: '3.0.0', licenses: ['BSD-3-Clause'] },
    ])
  }
})

test('a licence’s whole text is not its name', async () => {
  expect(await readFormat(python, path, 'Name: a\nVersion: 1\nLicense: MIT\n  Permission is granted\n')).toEqual([
    { kind: 'package', type: 'pypi', name: 'a', version: '1' },
  ])
})

test('metadata that is cut short, or is none, is a gap', async () => {
  for (const content of ['Name: a\nVers', '\n\nName: a\nVersion: 1\n', '', ':\0: x']) {
    expect(summary(await readFormat(python, path, content))).toEqual({ packages: [], gaps: ['metadata without a name or a version'] })
  }
})
