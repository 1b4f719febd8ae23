import { describe, expect, test } from 'vitest'
import { UnreadableVersion } from '../../src/advisories/errors.ts'
import { isAffected, smallestFix } from '../../src/advisories/match.ts'
import { type Affected, readAdvisory } from '../../src/advisories/osv.ts'
import { orderOf, semanticOrder } from '../../src/advisories/versions/orders.ts'
import { osvRecord, type RecordParts } from '../builders/advisories.ts'

function entryOf(parts: RecordParts): Affected {
  const [entry] = readAdvisory(osvRecord(parts)).affected
  if (entry === undefined) throw new Error('the record has no entry')
  return entry
}

function ordersOf(ecosystem: string) {
  const order = orderOf(ecosystem)
  if (order === undefined) throw new Error(`${ecosystem} has no order`)
  return { ecosystem: order, semver: semanticOrder }
}

const affects = (parts: RecordParts, version: string): boolean => isAffected(version, entryOf(parts), ordersOf(parts.ecosystem ?? 'npm'))

describe('whether a version is affected', () => {
  test.each<[string, RecordParts, readonly string[], readonly string[]]>([
    [
      'from the beginning up to a fix',
      { events: ['introduced 0', 'fixed 2.0.0'] },
      ['0.0.0-0', '0.0.1', '1.9.9', '2.0.0-rc.1'],
      ['2.0.0', '2.0.1'],
    ],
    ['from a version on, never fixed', { events: ['introduced 1.5.0'] }, ['1.5.0', '99.0.0'], ['1.4.9', '1.5.0-rc.1']],
    ['up to the last affected version, inclusive', { events: ['introduced 0', 'last_affected 2.0.0'] }, ['1.0.0', '2.0.0'], ['2.0.1']],
    [
      'several pairs in one range',
      { events: ['introduced 1.0.0', 'fixed 1.2.0', 'introduced 2.0.0', 'fixed 2.3.0'] },
      ['1.0.0', '1.1.9', '2.0.0', '2.2.9'],
      ['0.9.0', '1.2.0', '1.9.0', '2.3.0'],
    ],
    [
      'pairs in any order',
      { events: ['fixed 2.3.0', 'introduced 2.0.0', 'fixed 1.2.0', 'introduced 1.0.0'] },
      ['1.1.0', '2.2.0'],
      ['1.2.0', '2.3.0', '0.1.0'],
    ],
    [
      'introduced again at the version of a fix',
      { events: ['introduced 1.0.0', 'fixed 2.0.0', 'introduced 2.0.0', 'fixed 3.0.0'] },
      ['1.0.0', '2.0.0', '2.5.0'],
      ['3.0.0'],
    ],
    ['introduced and fixed at one version', { events: ['introduced 2.0.0', 'fixed 2.0.0'] }, [], ['1.0.0', '2.0.0', '3.0.0']],
    ['below a limit', { events: ['introduced 1.0.0', 'limit 2.0.0'] }, ['1.0.0', '1.9.0'], ['2.0.0', '3.0.0']],
    ['below any of several limits', { events: ['introduced 1.0.0', 'limit 2.0.0', 'limit 3.0.0'] }, ['1.0.0', '2.5.0'], ['3.0.0']],
    ['a limit that is none', { events: ['introduced 1.0.0', 'limit *'] }, ['9.0.0'], ['0.9.0']],
    ['a list of versions alone', { events: [], versions: ['1.0.0', '1.0.2'] }, ['1.0.0', '1.0.2'], ['1.0.1']],
    ['a list beside a range', { events: ['introduced 2.0.0', 'fixed 3.0.0'], versions: ['1.0.0'] }, ['1.0.0', '2.5.0'], ['1.0.1', '3.0.0']],
    ['a range of commits, which says nothing of versions', { type: 'GIT', events: ['introduced 0'] }, [], ['0.1.0', '9.0.0']],
    ['a range of commits beside a list', { type: 'GIT', events: ['introduced 0'], versions: ['1.0.0'] }, ['1.0.0'], ['1.0.1']],
    [
      'a semantic range in an ecosystem with another order',
      { ecosystem: 'Debian:12', type: 'SEMVER', events: ['introduced 0', 'fixed 1.0.0'] },
      ['1.0.0-1'],
      ['1.0.0', '1.0.1'],
    ],
    [
      'Alpine: the order of the distribution',
      { ecosystem: 'Alpine:v3.11', events: ['introduced 0', 'fixed 1.1.1d-r1'] },
      ['1.1.1d-r0', '1.1.1d_rc1-r9'],
      ['1.1.1d-r1', '1.1.1e-r0'],
    ],
  ])('%s', (_, parts, affected, unaffected) => {
    const versions = [...affected, ...unaffected]
    expect(versions.filter((version) => affects(parts, version))).toEqual(affected)
  })

  test('a version that cannot be read is neither affected nor not', () => {
    expect(() => affects({ events: ['introduced 0', 'fixed 1.0.0'] }, '(devel)')).toThrow(UnreadableVersion)
    expect(() => affects({ events: ['introduced 0'] }, '(devel)')).toThrow(UnreadableVersion)
    expect(() => affects({ events: [], versions: ['1.0.0'] }, '(devel)')).toThrow(UnreadableVersion)
    expect(() => affects({ events: ['introduced 0', 'fixed soon'] }, '1.0.0')).toThrow(UnreadableVersion)
  })

  test('a listed version is affected even where it cannot be read', () => {
    expect(affects({ events: ['introduced 0', 'fixed 1.0.0'], versions: ['(devel)'] }, '(devel)')).toBe(true)
  })
})

describe('the smallest version that fixes', () => {
  const fix = (version: string, ...entries: readonly RecordParts[]): string | undefined =>
    smallestFix(version, entries.map(entryOf), ordersOf('npm'))

  test('is the fix of the branch that the version is on', () => {
    const parts = { events: ['introduced 1.0.0', 'fixed 1.2.0', 'introduced 2.0.0', 'fixed 2.3.0'] }
    expect(fix('1.1.0', parts)).toBe('1.2.0')
    expect(fix('2.1.0', parts)).toBe('2.3.0')
  })

  test('is not itself affected by another range', () => {
    expect(fix('1.0.0', { events: ['introduced 0', 'fixed 1.5.0'] }, { events: ['introduced 1.2.0', 'fixed 2.0.0'] })).toBe('2.0.0')
  })

  test('is compared by order and not as text', () => {
    expect(fix('1.0.0', { events: ['introduced 0', 'fixed 1.10.0'] }, { events: ['introduced 0', 'fixed 1.9.0'] })).toBe('1.10.0')
  })

  test('is unknown where nothing was fixed', () => {
    expect(fix('1.0.0', { events: ['introduced 0'] })).toBeUndefined()
    expect(fix('1.0.0', { events: ['introduced 0', 'last_affected 1.0.0'] })).toBeUndefined()
    expect(fix('1.0.0', { events: ['introduced 0', 'fixed 1.5.0'] }, { events: ['introduced 0'] })).toBeUndefined()
  })
})
