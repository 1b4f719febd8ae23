import { describe, expect, test } from 'vitest'
import { isVersionTag, newerTags } from '../../src/gate/tag-series.ts'

describe('the series of a tag', () => {
  test.each([
    ['3.20.3', ['3.20.3', '3.20.6', '3.20.10', '3.21.0', '4.0.0'], { inMinor: '3.20.10', inMajor: '3.21.0' }],
    ['3.20.3', ['3.20.6', '3.19.9'], { inMinor: '3.20.6' }],
    ['3.20', ['3.20.6', '3.21', '3.9', '3'], { inMajor: '3.21' }],
    ['22.1.0-alpine', ['22.2.0', '22.1.1-slim', '22.1.2-alpine', '22.1.3-alpine3.20'], { inMinor: '22.1.2-alpine' }],
    ['22.1.0-alpine3.20', ['22.1.1-alpine3.21', '22.1.1-alpine3.20'], { inMinor: '22.1.1-alpine3.20' }],
    ['22.04', ['22.10', '24.04', '22.04'], {}],
    ['1.0', ['1.1'], { inMajor: '1.1' }],
    ['v1.2.3', ['1.2.4', 'v1.2.5'], { inMinor: 'v1.2.5' }],
    ['12', ['13', '12', '12.5'], {}],
    ['1.2.3', ['1.2.99999999999999999999', '1.2.100000000000000000000'], { inMinor: '1.2.100000000000000000000' }],
    ['1.2.3', ['1.2.4-rc1', '1.2.4_rc1', '1.2.4-1', '1.2.4rc1'], {}],
  ])('%s among %j', (tag, all, newer) => {
    expect(newerTags(tag, all)).toEqual(newer)
    expect(newerTags(tag, all.toReversed())).toEqual(newer)
  })

  test.each(['latest', 'bookworm', 'bookworm-20240513-slim', '1.2.3-1', '3.13.0-rc1', '2.0-alpha.1', '', '1..2'])('%j has none', (tag) => {
    expect({ isVersion: isVersionTag(tag), newer: newerTags(tag, [tag, '99.0.0', '1.2.3-2', '3.14.0-rc1', '2.1-alpha.1']) }).toEqual({
      isVersion: false,
      newer: {},
    })
  })
})
