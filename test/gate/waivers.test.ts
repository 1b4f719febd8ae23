import { describe, expect, test } from 'vitest'
import { type Waivable, waiverFor, waiverNotes } from '../../src/gate/waivers.ts'
import type { Waiver } from '../../src/policy/policy.ts'

const today = '2026-01-01'
const location = { file: '.portcullis/waivers.yaml', startLine: 3, endLine: 3 }
const waiver = (more: Partial<Waiver> = {}): Waiver => ({
  rule: 'pod/privileged',
  reason: 'r',
  owner: 'o',
  until: '2026-02-01',
  location,
  ...more,
})
const finding: Waivable = { rule: 'pod/privileged', subject: 'Pod/default/shop', fingerprint: 'f1', aliases: ['GHSA-1'] }

describe('a waiver', () => {
  test.each([
    ['by its rule', { rule: 'pod/privileged' }, true],
    ['by another name of it', { rule: 'GHSA-1' }, true],
    ['by another rule', { rule: 'pod/other' }, false],
    ['by a pattern of its subject', { subject: 'Pod/*/shop' }, true],
    ['by another subject', { subject: 'Pod/*/api' }, false],
    ['on its last day', { until: today }, true],
    ['a day later', { until: '2025-12-31' }, false],
    ['for 180 days', { until: '2026-06-30' }, true],
    ['for a day more', { until: '2026-07-01' }, false],
    ['for ever', { until: '9999-12-31' }, false],
  ])('holds or does not: %s', (_case, more, holds) => {
    expect(waiverFor({ waivers: [waiver(more)] }, finding, today) !== undefined).toBe(holds)
  })

  test('lasts no longer than the policy says', () => {
    const policy = { waivers: [waiver({ until: '2026-02-01' })], waiverDays: 30 }
    expect(waiverFor(policy, finding, today)).toBeUndefined()
    expect(waiverFor({ ...policy, waiverDays: 31 }, finding, today)).toBeDefined()
    expect(waiverNotes(policy, [finding], today, true)).toEqual([expect.stringContaining('at most 30 days are accepted')])
  })

  test('by its fingerprint holds for that finding alone', () => {
    const { rule: _, ...rest } = waiver({ fingerprint: 'f1' })
    expect(waiverFor({ waivers: [rest] }, finding, today)).toBeDefined()
    expect(waiverFor({ waivers: [rest] }, { ...finding, fingerprint: 'f2' }, today)).toBeUndefined()
  })
})

describe('what is said of waivers', () => {
  const notes = (more: Partial<Waiver>, findings = [finding], isWhole = true) =>
    waiverNotes({ waivers: [waiver(more)] }, findings, today, isWhole)
  const where = '.portcullis/waivers.yaml:3: the waiver of'

  test('nothing, where one does what it was written for', () => {
    expect(notes({})).toEqual([])
  })

  test('one that has ended, where its finding is still there', () => {
    expect(notes({ until: '2025-12-31' })).toEqual([`${where} "pod/privileged" ended on 2025-12-31: what it accepted counts again`])
  })

  test('one that accepts nothing, where everything was judged', () => {
    expect(notes({ rule: 'pod/other' })).toEqual([`${where} "pod/other" accepts nothing any more: take it out`])
    expect(notes({ until: '2025-12-31' }, [])).toEqual([`${where} "pod/privileged" accepts nothing any more: take it out`])
    expect(notes({ rule: 'pod/other' }, [finding], false)).toEqual([])
  })

  test('one that lasts too long', () => {
    expect(notes({ until: '2027-01-01' })).toEqual([
      `${where} "pod/privileged" does not hold: it lasts until 2027-01-01, at most 180 days are accepted`,
    ])
  })
})
