import { expect, test } from 'vitest'
import { cran } from '../../../src/scan/inventory/cran.ts'
import { readFormat, summary } from './read-format.ts'

const path = 'usr/local/lib/R/site-library/commonmark/DESCRIPTION'

test('a description has name, version and licence, and folded fields', async () => {
  const content =
    'Package: commonmark\nType: Package\nTitle: High Performance\n    Renderer: fast\nVersion: 1.7\nLicense: BSD_2_clause + file LICENSE\n'
  expect(await readFormat(cran, path, content)).toEqual([
    { kind: 'package', type: 'cran', name: 'commonmark', version: '1.7', licenses: ['BSD_2_clause + file LICENSE'] },
  ])
})

test('parts of R itself are no packages of a mirror', async () => {
  expect(await readFormat(cran, 'usr/lib/R/library/stats/DESCRIPTION', 'Package: stats\nVersion: 4.2.2\nPriority: base\n')).toEqual([])
})

test('a description that is cut short is a gap', async () => {
  expect(summary(await readFormat(cran, path, 'Package: commonmark\nVers'))).toEqual({
    packages: [],
    gaps: [
      'line 2: line without a field name',
      'line 2: file ends in the middle of a line',
      'line 1: description without a package name or a version',
    ],
  })
})
