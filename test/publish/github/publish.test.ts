/** Two workflows for a fork: one that judges and may only read, one that may write and judges nothing. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../../src/findings.ts'
import { zipOf } from '../../builders/advisories.ts'
import { type GitHubStandIn, githubStandIn, type Pull, type Repository, readOnly, workflowRights } from '../../builders/github.ts'
import { findingOn, numbered, type ReplayOptions, replay, reportOf } from './replay.ts'

let github: GitHubStandIn
let repository: Repository
let pull: Pull
let workspace: string
beforeEach(async () => {
  github = await githubStandIn()
  repository = github.repository('acme/shop', { 'shop.yaml': numbered(10), '.github/workflows/portcullis.yaml': 'on: pull_request\n' })
  pull = github.pull(
    repository,
    { 'shop.yaml': numbered(10, { 5: 'privileged: true' }), '.github/workflows/portcullis.yaml': 'on: pull_request\n' },
    { fork: 'contributor/shop' },
  )
  workspace = mkdtempSync(join(tmpdir(), 'fork-'))
})
afterEach(async () => {
  await github.close()
  rmSync(workspace, { recursive: true })
})

const finding = findingOn('shop.yaml', 5)

/** A run of the first workflow that left this artifact. */
function runWith(files: Readonly<Record<string, string | Uint8Array>> | Buffer, more: { event?: string; status?: string } = {}): number {
  const zip = Buffer.isBuffer(files) ? files : zipOf(files)
  return github.workflowRun(repository, { pull, artifacts: { 'portcullis-report': zip }, ...more })
}

function publish(runId: number, more: ReplayOptions = {}) {
  return replay(github, repository, pull, {
    token: github.token(workflowRights),
    inputs: { mode: 'publish' },
    event: { name: 'workflow_run', payload: { repository: { full_name: 'acme/shop' }, workflow_run: { id: runId } } },
    judge: async () => {
      throw new Error('a run with rights judges nothing')
    },
    ...more,
  })
}

const written = (report: Partial<Report> = {}) => JSON.stringify({ ...reportOf([finding]), ...report })

test('a fork is judged with a token that may only read, and told by the second workflow', async () => {
  const first = await replay(github, repository, pull, { token: github.token(readOnly), findings: [finding], withResults: true })
  expect(first.verdict).toBe('block')
  expect(first.annotations.at(-1)?.message).toContain('workflow_run with mode: publish')
  expect(first.log.join()).toContain('stored as the artifact portcullis-report')
  expect([pull.threads, pull.comments, repository.statuses, repository.checkRuns]).toEqual([[], [], [], []])
  const { verdict } = await publish(runWith(github.stored('portcullis-report') ?? Buffer.alloc(0)))
  expect(verdict).toBe('block')
  expect(pull.threads.map(({ path, line, commit }) => [path, line, commit])).toEqual([['shop.yaml', 5, pull.head.sha]])
  expect(repository.checkRuns).toMatchObject([{ sha: pull.head.sha, conclusion: 'failure' }])
  expect(pull.comments).toHaveLength(1)
})

test('a report that the workflow stores itself is published as well', async () => {
  const inputs = { 'report-file': 'report.json' }
  await replay(github, repository, pull, { token: github.token(readOnly), findings: [finding], inputs, workspace })
  const { verdict } = await publish(runWith({ 'report.json': readFileSync(join(workspace, 'report.json')) }))
  expect([verdict, pull.threads.length]).toEqual(['block', 1])
})

test('a report that cannot be stored changes no verdict', async () => {
  const judged = () => replay(github, repository, pull, { token: github.token(readOnly), withResults: true })
  await judged()
  const { verdict, log } = await judged()
  expect([verdict, log.join()]).toEqual(['pass', expect.stringContaining('could not be stored: CreateArtifact')])
})

test('published twice, nothing is said twice', async () => {
  const run = runWith({ 'report.json': written() })
  for (let again = 0; again < 2; again++) await publish(run)
  expect([pull.threads.length, pull.comments.length]).toEqual([1, 1])
})

test('nothing is published on a pull request that has moved on or is closed', async () => {
  const run = runWith({ 'report.json': written() })
  github.push(repository, pull, { 'shop.yaml': numbered(10) })
  const { verdict, error } = await publish(run)
  pull.state = 'closed'
  const closed = runWith({ 'report.json': written() })
  expect([verdict, error, (await publish(closed)).error]).toEqual([undefined, undefined, undefined])
  expect([pull.threads, pull.comments, repository.checkRuns]).toEqual([[], [], []])
})

describe('nothing is believed', () => {
  const refused = async (run: number, message: RegExp) => {
    const { error, verdict } = await publish(run)
    expect(error?.message).toMatch(message)
    expect(verdict).toBeUndefined()
    expect([pull.threads, pull.comments]).toEqual([[], []])
    expect(repository.checkRuns.map(({ conclusion }) => conclusion)).not.toContain('success')
  }

  test('of a pull request that changes a workflow: it may have written its own report', async () => {
    github.push(repository, pull, { 'shop.yaml': 'x\n', '.github/workflows/portcullis.yaml': 'on: everything\n' })
    await refused(runWith({ 'report.json': JSON.stringify(reportOf([])) }), /changes \.github\/workflows\/portcullis\.yaml/)
    expect(repository.checkRuns).toMatchObject([{ conclusion: 'failure' }])
  })

  test.each([
    ['no JSON', 'pass', /not JSON/],
    ['another schema', written({ schema: 'other' as never }), /at schema/],
    ['a verdict that its findings do not give', written({ verdict: 'pass' }), /says pass, its findings do not/],
    ['a wrong count', written({ summary: { ...reportOf([finding]).summary, blocking: 0 } }), /counts 0 blocking, there are 1/],
    [
      'a path that climbs out',
      written({ findings: [{ ...finding, locations: [{ file: '../../etc/passwd', startLine: 1, endLine: 1 }] }] }),
      /at findings\.0\.locations\.0\.file/,
    ],
    [
      'an absolute path',
      written({ findings: [{ ...finding, locations: [{ file: '/etc/passwd', startLine: 1, endLine: 1 }] }] }),
      /locations\.0\.file/,
    ],
    [
      'a risk that its parts do not give',
      written({ findings: [{ ...finding, risk: { risk_score: 9, confidence: 1, parts: [], recommended_actions: [] } }] }),
      /at findings\.0\.risk: the parts of the risk do not add up/,
    ],
    ['lines that go back', written({ findings: [{ ...finding, locations: [{ file: 'a', startLine: 3, endLine: 1 }] }] }), /locations\.0/],
    ['an endless text', written({ findings: [{ ...finding, message: 'x'.repeat(20_001) }] }), /findings\.0\.message/],
    ['more findings than a report has', written({ findings: Array.from({ length: 25_001 }, () => finding) }), /at findings/],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), /not JSON/],
  ])('of a report with %s', async (_case, report, message) => {
    await refused(runWith({ 'report.json': report }), message)
  })

  test.each([
    ['is no zip', Buffer.from('report'), /cannot be unpacked/],
    ['has two reports', { 'a.json': '{}', 'b.json': '{}' }, /has 2 JSON files/],
    ['has the report in a folder', { '../report.json': '{}' }, /cannot be unpacked|has 0 JSON files/],
    ['has too many entries', Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`${index}.txt`, ''])), /too many entries/],
    ['unpacks to more than 64 MiB', { 'report.json': Buffer.alloc(65 * 1024 * 1024, ' ') }, /too many bytes/],
    ['is larger than 16 MiB', Buffer.alloc(16 * 1024 * 1024 + 1), /at most 16777216 are read/],
  ])('of an artifact that %s', async (_case, files, message) => {
    await refused(runWith(files), message)
  })

  test('of a run that no pull request started, or that is not over', async () => {
    await refused(runWith({ 'report.json': written() }, { event: 'push' }), /was started by push/)
    await refused(runWith({ 'report.json': written() }, { status: 'in_progress' }), /is in_progress, expected completed/)
  })

  test('of a run without the artifact', async () => {
    await refused(github.workflowRun(repository, { pull, artifacts: {} }), /has 0 of it, expected one/)
  })
})

test('the token does not go along to where artifacts are stored', async () => {
  await publish(runWith({ 'report.json': written() }))
  expect(pull.threads).toHaveLength(1)
})

test('names in a report from a fork are text', async () => {
  const hostile = '![x](https://evil.example/) @admin <img src=x onerror=alert(1)>'
  await publish(
    runWith({ 'report.json': JSON.stringify(reportOf([{ ...finding, title: hostile, message: hostile, fingerprint: '--><script>' }])) }),
  )
  const bodies = [...pull.threads.flatMap(({ comments }) => comments), ...pull.comments].map(({ body }) => body)
  expect(bodies.length).toBe(2)
  for (const body of bodies) expect(body).not.toMatch(/<img|<script|@admin|\]\(https:\/\/evil/)
})

test('workflow_run without mode: publish judges nothing, and mode: publish is for workflow_run alone', async () => {
  const run = runWith({ 'report.json': written() })
  expect((await publish(run, { inputs: {} })).error?.message).toContain('set mode: publish')
  const event = { name: 'pull_request', payload: github.event(repository, pull) }
  expect((await publish(run, { event })).error?.message).toContain('mode: publish is for workflow_run, this is pull_request')
  expect([pull.threads, repository.checkRuns]).toEqual([[], []])
})
