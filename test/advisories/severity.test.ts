import { describe, expect, test } from 'vitest'
import { readAdvisory } from '../../src/advisories/osv.ts'
import { bandOf, baseScore, rate } from '../../src/advisories/severity.ts'
import { osvRecord } from '../builders/advisories.ts'

describe('the base score', () => {
  test.each<[string, number | undefined]>([
    // Examples of the standards' own documents: CVE-2002-0392, CVE-2014-0160, CVE-2016-5195.
    ['AV:N/AC:L/Au:N/C:N/I:N/A:C', 7.8],
    ['(AV:N/AC:L/Au:N/C:N/I:N/A:C)', 7.8],
    ['CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', 7.5],
    ['CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', 7.8],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U', 9.8],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 9.3],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U', 9.3],
    ['CVSS:3.1/AV:N/AC:L', undefined],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:Q', undefined],
    ['CVSS:9.0/AV:N', undefined],
    ['9.8', undefined],
    ['', undefined],
    ['CVSS:3.1/'.padEnd(10_000, 'AV:N/'), undefined],
  ])('of %s is %s', (vector, score) => {
    expect(baseScore(vector)).toBe(score)
  })

  test.each([
    [10, 'critical'],
    [9, 'critical'],
    [8.9, 'high'],
    [7, 'high'],
    [6.9, 'medium'],
    [4, 'medium'],
    [3.9, 'low'],
    [0.1, 'low'],
    [0, 'low'],
  ])('%s is %s', (score, band) => {
    expect(bandOf(score)).toBe(band)
  })
})

describe('the rating of a record', () => {
  const rateRecord = (parts: Record<string, unknown>) => {
    const advisory = readAdvisory(osvRecord({ with: parts }))
    return rate(advisory, advisory.affected)
  }
  const high = { type: 'CVSS_V3', score: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H' }
  const entry = { package: { ecosystem: 'npm', name: 'left' } }

  test.each<[string, Record<string, unknown>, unknown]>([
    ['comes from its vector', { severity: [high] }, { severity: 'high', score: 7.8 }],
    ['comes from the vector inside the package entry', { affected: [{ ...entry, severity: [high] }] }, { severity: 'high', score: 7.8 }],
    [
      'comes from the newest standard',
      { severity: [high, { type: 'CVSS_V2', score: 'AV:N/AC:L/Au:N/C:C/I:C/A:C' }] },
      { severity: 'high', score: 7.8 },
    ],
    [
      'is the database’s own before the vector’s',
      { severity: [high], database_specific: { severity: 'LOW' } },
      { severity: 'low', score: 7.8 },
    ],
    ['is Ubuntu’s own type', { severity: [high, { type: 'Ubuntu', score: 'medium' }] }, { severity: 'medium', score: 7.8 }],
    ['is Debian’s urgency', { affected: [{ ...entry, ecosystem_specific: { urgency: 'unimportant' } }] }, { severity: 'low' }],
    ['is AlmaLinux’s first word', { summary: 'Important: bash security update' }, { severity: 'high' }],
    ['is GitHub’s word', { database_specific: { severity: 'MODERATE' } }, { severity: 'medium' }],
    ['is unknown where nobody rated', {}, { severity: 'unknown' }],
    [
      'is unknown where the word is not',
      { database_specific: { severity: 'spicy' }, affected: [{ ...entry, ecosystem_specific: { urgency: 'not yet assigned' } }] },
      { severity: 'unknown' },
    ],
    ['is unknown where the vector is broken', { severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/oops' }] }, { severity: 'unknown' }],
    ['does not come from a word inside the summary', { summary: 'this is Critical: really' }, { severity: 'unknown' }],
  ])('%s', (_, parts, rating) => {
    expect(rateRecord(parts)).toEqual(rating)
  })
})
