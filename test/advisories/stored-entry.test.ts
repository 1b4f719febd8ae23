import { expect, test } from 'vitest'
import { readAdvisory } from '../../src/advisories/osv.ts'
import { decodeEntry, encodeEntry, osvEntry } from '../../src/advisories/stored-entry.ts'
import { osvRecord } from '../builders/advisories.ts'

const entryOf = (affected: Record<string, unknown>) =>
  readAdvisory(osvRecord({ with: { affected: [{ package: { ecosystem: 'Debian:12', name: 'left' }, ...affected }] } })).affected[0]

test.each<[string, Record<string, unknown>, string]>([
  ['a range', { ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '1.2' }] }] }, '["Debian:12",[["E","i0","f1.2"]]]'],
  [
    'every kind of event',
    { ranges: [{ type: 'SEMVER', events: [{ introduced: '1' }, { last_affected: '2' }, { limit: '3' }] }] },
    '["Debian:12",[["S","i1","l2","m3"]]]',
  ],
  ['versions alone', { versions: ['1', '2'] }, '["Debian:12",[],["1","2"]]'],
  [
    'a rating',
    {
      severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N' }],
      ecosystem_specific: { urgency: 'high', imports: [] },
      database_specific: { severity: 'LOW' },
    },
    '["Debian:12",[],[],{"severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N"}],"ecosystem_specific":{"urgency":"high"},"database_specific":{"severity":"LOW"}}]',
  ],
  ['nothing', {}, '["Debian:12"]'],
])('an entry with %s is kept short and comes back whole', (_, affected, expected) => {
  const entry = entryOf(affected)
  if (entry === undefined) throw new Error('no entry')
  expect(encodeEntry(entry)).toBe(expected)
  const decoded = decodeEntry(JSON.parse(expected), 'left')
  if (decoded === undefined) throw new Error('not decoded')
  expect(encodeEntry(decoded)).toBe(expected)
  const again = readAdvisory(osvRecord({ with: { affected: [osvEntry(decoded)] } })).affected[0]
  expect(again).toEqual({ ...entry, ecosystemSpecific: decoded.ecosystemSpecific })
})

test('a range of commits is not kept, since it matches no version', () => {
  const entry = entryOf({ ranges: [{ type: 'GIT', repo: 'https://example.org', events: [{ introduced: '0' }] }] })
  expect(entry && encodeEntry(entry)).toBe('["Debian:12"]')
})

test.each([
  null,
  7,
  {},
  [],
  [7],
  ['npm', 7],
  ['npm', [7]],
  ['npm', [['E', 'x1']]],
  ['npm', [['E', 7]]],
  ['npm', [], [7]],
  ['npm', [], [], 7],
])('%j is no entry', (value) => {
  expect(decodeEntry(value, 'left')).toBeUndefined()
})
