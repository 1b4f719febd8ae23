import { describe, expect, test } from 'vitest'
import { readAdvisory } from '../../src/advisories/osv.ts'
import { osvRecord } from '../builders/advisories.ts'

describe('a record that keeps the schema', () => {
  test('is read whole, with what it leaves out as empty', () => {
    expect(readAdvisory(osvRecord({ id: 'GHSA-1', ecosystem: 'npm', name: 'left', events: ['introduced 0', 'fixed 2.0.0'] }))).toEqual({
      id: 'GHSA-1',
      modified: '2024-01-01T00:00:00Z',
      aliases: [],
      upstream: [],
      related: [],
      summary: '',
      details: '',
      severity: [],
      affected: [
        {
          ecosystem: 'npm',
          name: 'left',
          ranges: [
            {
              type: 'ECOSYSTEM',
              events: [
                { kind: 'introduced', version: '0' },
                { kind: 'fixed', version: '2.0.0' },
              ],
            },
          ],
          versions: [],
          severity: [],
          ecosystemSpecific: new Map(),
          databaseSpecific: new Map(),
        },
      ],
      references: [],
      databaseSpecific: new Map(),
    })
  })

  test('may have null where the schema allows it, and no package where only a repository is meant', () => {
    const read = readAdvisory({
      id: 'A-1',
      modified: '2024-01-01T00:00:00Z',
      aliases: null,
      references: null,
      affected: [{ versions: ['1'] }],
    })
    expect(read.affected).toEqual([])
    expect(read.aliases).toEqual([])
  })

  test('keeps keys from outside apart from those of objects', () => {
    const read = readAdvisory(
      JSON.parse('{"id":"A-1","modified":"2024-01-01T00:00:00Z","database_specific":{"__proto__":{"severity":"High"}}}'),
    )
    expect(read.databaseSpecific.get('severity')).toBeUndefined()
    expect([...read.databaseSpecific.keys()]).toEqual(['__proto__'])
  })
})

describe('a record that breaks the schema is refused by record and field', () => {
  const range = (value: unknown): Record<string, unknown> => ({
    affected: [{ package: { ecosystem: 'npm', name: 'left' }, ranges: [value] }],
  })
  test.each<[string, Record<string, unknown>, string]>([
    ['no id', { id: undefined }, 'record: id is absent, expected an identifier'],
    ['an id with a command in it', { id: 'A\n::error::' }, 'record: id is "A\\u{a}::error::", expected an identifier'],
    ['no modification time', { modified: undefined }, 'record TEST-1: modified is absent, expected a text'],
    ['a schema of the future', { schema_version: '2.0.0' }, 'record TEST-1: schema_version is "2.0.0", expected 1.x'],
    ['aliases that are no list', { aliases: 'CVE-2024-0001' }, 'record TEST-1: aliases is "CVE-2024-0001", expected a list'],
    ['an alias that is no text', { aliases: [7] }, 'record TEST-1: aliases[0] is 7, expected a text'],
    ['affected that is no list', { affected: {} }, 'record TEST-1: affected is an object, expected a list'],
    [
      'a package without a name',
      { affected: [{ package: { ecosystem: 'npm' } }] },
      'record TEST-1: affected[0].package.name is absent, expected a text',
    ],
    [
      'an unknown range type',
      range({ type: 'CPE', events: [] }),
      'record TEST-1: affected[0].ranges[0].type is "CPE", expected SEMVER, ECOSYSTEM or GIT',
    ],
    [
      'a range that begins nowhere',
      range({ type: 'SEMVER', events: [{ fixed: '1' }] }),
      'record TEST-1: affected[0].ranges[0].events is a list of 1, expected an introduced event',
    ],
    [
      'an event of two kinds',
      range({ type: 'SEMVER', events: [{ introduced: '0', fixed: '1' }] }),
      'record TEST-1: affected[0].ranges[0].events[0] is "introduced, fixed", expected one of introduced, fixed, last_affected and limit',
    ],
    [
      'a version that is a number',
      range({ type: 'SEMVER', events: [{ introduced: 0 }] }),
      'record TEST-1: affected[0].ranges[0].events[0].introduced is 0, expected a text',
    ],
    [
      'a score that is no text',
      { severity: [{ type: 'CVSS_V3', score: 9.8 }] },
      'record TEST-1: severity[0].score is 9.8, expected a text',
    ],
    [
      'more entries than any record has',
      { aliases: new Array(200_001).fill('A') },
      'record TEST-1: aliases is 200001, expected at most 200000 entries',
    ],
  ])('%s', (_, parts, message) => {
    expect(() => readAdvisory(osvRecord({ with: parts }))).toThrow(expect.objectContaining({ code: 'unreadable-record', message }))
  })

  test.each([null, 'text', 7, []])('%j is no record', (value) => {
    expect(() => readAdvisory(value)).toThrow(/^record is .*, expected an object$/)
  })
})
