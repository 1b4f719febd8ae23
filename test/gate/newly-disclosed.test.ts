import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readAdvisory } from '../../src/advisories/osv.ts'
import { toProblems } from '../../src/advisories/problem.ts'
import { storeRecord } from '../../src/advisories/stored-record.ts'
import type { Problem } from '../../src/findings.ts'
import { decide, fingerprintsOf } from '../../src/gate/decide.ts'
import type { Policy } from '../../src/policy/policy.ts'
import { defaultPolicy, readDefaultPolicy } from '../../src/policy/read.ts'
import { commitTime } from '../../src/repo/commit-time.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { vulnerability } from '../builders/report.ts'
import { reportOf } from '../publish/github/replay.ts'

const baseTime = Date.parse('2026-11-20T12:00:00Z')

function decided(published: string | undefined, policy: Partial<Policy> = {}, onBase = true, time: number | undefined = baseTime) {
  const problem: Problem = {
    rule: 'CVE-2026-1',
    check: 'vulnerability',
    severity: 'high',
    title: 'title',
    message: 'message',
    ...(published === undefined ? {} : { published }),
  }
  const placed = { problem, subject: 'shop:1', identity: 'shop', locations: [] }
  const existing = new Set(onBase ? fingerprintsOf([placed]) : [])
  const how = { policy: { ...defaultPolicy(), ...policy }, failOn: 'high' as const, existing, today: '2026-11-24' }
  return decide([placed], time === undefined ? how : { ...how, baseTime: time }).map((finding) => [
    finding.state,
    finding.newlyDisclosed === true,
    finding.blocking,
  ])[0]
}

test.each([
  ['after the base is listed apart and does not block', '2026-11-20T12:00:01Z', {}, true, ['existing', true, false]],
  ['after the base blocks where the policy says so', '2026-11-20T12:00:01Z', { newlyDisclosed: 'block' }, true, ['existing', true, true]],
  ['before the base is the base’s', '2026-11-20T12:00:00Z', { newlyDisclosed: 'block' }, true, ['existing', false, false]],
  ['at no known time is the base’s', undefined, { newlyDisclosed: 'block' }, true, ['existing', false, false]],
  ['at no readable time is the base’s', 'yesterday', { newlyDisclosed: 'block' }, true, ['existing', false, false]],
  ['after the base is new where the change brings it', '2026-11-20T12:00:01Z', {}, false, ['new', false, true]],
] as const)('a vulnerability published %s', (_, published, policy, onBase, expected) => {
  expect(decided(published, policy, onBase)).toEqual(expected)
})

test('the threshold holds for what is newly disclosed as well', () => {
  expect(decided('2026-11-21T00:00:00Z', { newlyDisclosed: 'block', enforcement: [] })).toEqual(['existing', true, true])
  const problem = { rule: 'CVE-2026-1', check: 'vulnerability', severity: 'low', title: '', message: '', published: '2026-11-21' } as const
  const placed = { problem, subject: 'shop:1', identity: 'shop', locations: [] }
  const policy = { ...defaultPolicy(), newlyDisclosed: 'block' as const }
  const [finding] = decide([placed], { policy, failOn: 'high', existing: new Set(fingerprintsOf([placed])), today: '2026-11-24', baseTime })
  expect([finding?.newlyDisclosed, finding?.blocking]).toEqual([true, false])
})

test('the policy may say that it blocks, and nothing else', async () => {
  const read = (text: string) => readDefaultPolicy(async (path) => (path === '.portcullis.yaml' ? Buffer.from(text) : undefined))
  expect((await read('newlyDisclosed: block\n')).newlyDisclosed).toBe('block')
  expect((await read('failOn: high\n')).newlyDisclosed).toBeUndefined()
  await expect(read('newlyDisclosed: ignore\n')).rejects.toThrow(/^\.portcullis\.yaml:1:/)
})

const advisory = (id: string, published?: string) =>
  readAdvisory({ id, modified: '2026-11-23T00:00:00Z', ...(published === undefined ? {} : { published }), affected: [] })

test('the local database keeps when an advisory was published', () => {
  expect(JSON.parse(storeRecord(advisory('A-1', '2026-11-21T00:00:00Z')).body).published).toBe('2026-11-21T00:00:00Z')
})

test('a vulnerability of several records was disclosed by the first of them', () => {
  const item = { name: 'a', version: '1', purl: 'pkg:deb/a@1', type: 'deb', source: 'a', sourceVersion: '1', layer: '', path: '' }
  const query = { ecosystem: 'Debian', name: 'a', version: '1' }
  const matches = [advisory('A-1'), advisory('A-2', '2026-11-21T00:30:00+01:00'), advisory('A-3', '2026-11-21T00:00:00Z')].map((each) => ({
    advisory: each,
    package: item,
    query,
    entries: [],
    orders: { ecosystem: undefined, semver: undefined },
  }))
  const vulnerabilities = [{ rule: 'CVE-2026-1', aliases: [], severity: 'high', matches }] as never
  expect(toProblems(vulnerabilities)[0]?.published).toBe('2026-11-21T00:30:00+01:00')
})

test('the summary lists it apart from what the base has had all along', () => {
  const old = vulnerability('CVE-2020-1', {}, { state: 'existing', blocking: false })
  const disclosed = vulnerability('CVE-2026-1', {}, { state: 'existing', blocking: false, newlyDisclosed: true })
  const text = renderMarkdown(reportOf([old, disclosed]), { width: 100, colour: false, version: '0.0.0', lines: () => [] }, 60_000)
  const sections = text.split('<details>').map((section) => [/<summary>(.*)<\/summary>/.exec(section)?.[1], section] as const)
  const [, section] = sections.find(([title]) => title === '1 newly disclosed vulnerability that the base has too') ?? []
  expect(section).toContain('CVE-2026-1')
  expect(section).not.toContain('CVE-2020-1')
})

test('the time of a base is its committer’s', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'commit-time-'))
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', directory, '-c', 'user.name=a > 1 +0000', '-c', 'user.email=a@example.com', ...words], {
      env: { PATH: process.env.PATH, GIT_AUTHOR_DATE: '@1000000000 +0000', GIT_COMMITTER_DATE: '@1100000000 +0200' },
    })
  try {
    git('init', '--quiet')
    git('commit', '--quiet', '--allow-empty', '-m', 'committer a <b> 5 +0000')
    expect(await commitTime(directory, 'HEAD')).toBe(1_100_000_000_000)
    await expect(commitTime(directory, 'nowhere')).rejects.toThrow('no such commit')
  } finally {
    rmSync(directory, { recursive: true })
  }
})
