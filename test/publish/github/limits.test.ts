/** Figures, limits and servers that are not github.com. */
import { existsSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHttp } from '../../../src/http-client.ts'
import { openGitHub } from '../../../src/publish/github/api.ts'
import { readEnvironment } from '../../../src/publish/github/environment.ts'
import { type GitHubStandIn, githubStandIn, type Pull, type Repository, workflowRights } from '../../builders/github.ts'
import { findingOn, numbered, type ReplayOptions, replay } from './replay.ts'

let github: GitHubStandIn
let repository: Repository
let pull: Pull
beforeEach(async () => {
  github = await githubStandIn()
  repository = github.repository('acme/shop', { 'shop.yaml': '' })
  pull = github.pull(repository, { 'shop.yaml': numbered(100) })
})
afterEach(() => github.close())

const forty = Array.from({ length: 40 }, (_, index) => findingOn('shop.yaml', index * 2 + 1))
const readsBase: ReplayOptions['judge'] = async (base) => {
  for (const { path } of (await base?.files()) ?? []) await base?.read(path, 1_000_000)
  const { reportOf } = await import('./replay.ts')
  return { report: reportOf(forty), lines: () => numbered(100).split('\n') }
}

test('40 findings take at most 60 requests the first time, and 12 when nothing has changed, in under 3 seconds', async () => {
  const token = github.token(workflowRights)
  const counts: number[] = []
  const start = performance.now()
  for (let run = 0; run < 2; run++) {
    const before = github.requests.length
    await replay(github, repository, pull, { judge: readsBase, token })
    counts.push(github.requests.length - before)
  }
  expect(counts).toEqual([12, 9])
  expect(performance.now() - start).toBeLessThan(6000)
  expect(pull.threads).toHaveLength(25)
})

test.each([0, 7])('the policy says on how many lines comments stand: %i', async (reviewComments) => {
  const { reportOf } = await import('./replay.ts')
  const judge = async () => ({ report: reportOf(forty), lines: () => numbered(100).split('\n'), reviewComments })
  await replay(github, repository, pull, { judge })
  expect(pull.threads).toHaveLength(reviewComments)
  expect(pull.comments[0]?.body).toContain(`${40 - reviewComments} more lines with findings have no comment`)
})

test('a run after which nothing has changed writes nothing but the verdict', async () => {
  const token = github.token(workflowRights)
  await replay(github, repository, pull, { findings: forty, token })
  const before = github.requests.length
  await replay(github, repository, pull, { findings: forty, token })
  const writes = github.requests.slice(before).filter(({ method, path }) => method !== 'GET' && path !== '/graphql')
  expect(writes.map(({ method, path }) => `${method} ${path.replace(/\d+$/, 'N')}`)).toEqual([
    'POST /repos/acme/shop/check-runs',
    'PATCH /repos/acme/shop/check-runs/N',
    'POST /repos/acme/shop/code-scanning/sarifs',
  ])
})

test('conversations of more than a hundred threads and comments are read to their end', async () => {
  await replay(github, repository, pull, { findings: forty.slice(0, 3) })
  const ours = pull.threads.splice(0)
  const summary = pull.comments.splice(0)
  for (let index = 0; index < 130; index++) {
    const id = 5_000_000 + index
    const comment = { id, nodeId: `PRRC_${id}`, author: 'reviewer', body: 'hm', reviewId: 0, createdAt: 0 }
    pull.threads.push({
      nodeId: `PRRT_${id}`,
      path: 'shop.yaml',
      subjectType: 'line',
      line: 1,
      commit: pull.head.sha,
      isResolved: false,
      comments: [comment],
    })
    pull.comments.push({ id, nodeId: `IC_${id}`, author: 'reviewer', body: 'hm' })
  }
  pull.threads.push(...ours)
  pull.comments.push(...summary)
  await replay(github, repository, pull, { findings: forty.slice(0, 3) })
  expect([pull.threads.length, pull.comments.length]).toEqual([133, 131])
})

test('a review that GitHub refuses for one comment is posted comment by comment, and the rest is in the summary', async () => {
  github.trouble({ method: 'POST', path: /\/reviews$/, status: 422, message: 'Unprocessable Entity', times: 1 })
  github.trouble({ method: 'POST', path: /\/pulls\/1\/comments$/, status: 422, message: 'Validation Failed', times: 1, after: 1 })
  await replay(github, repository, pull, { findings: forty.slice(0, 3) })
  expect(pull.threads.map(({ line }) => line)).toEqual([1, 5])
  expect(pull.comments[0]?.body).toContain('1 more line with findings has no comment')
})

test('a pull request that was closed while it was judged still has its verdict', async () => {
  pull.state = 'closed'
  const { error, verdict } = await replay(github, repository, pull, { findings: forty.slice(0, 1) })
  expect([error, verdict]).toEqual([undefined, 'block'])
})

describe('rate limits', () => {
  const slept: number[] = []
  const pace = { sleep: async (milliseconds: number) => void slept.push(milliseconds) }
  beforeEach(() => void slept.splice(0))

  test('are waited for, and the run ends as if there were none', async () => {
    github.trouble({
      path: /graphql|reviews/,
      status: 403,
      message: 'You have exceeded a secondary rate limit.',
      headers: { 'retry-after': '20' },
      times: 3,
    })
    const { error } = await replay(github, repository, pull, { findings: forty.slice(0, 2), pace })
    expect([error, pull.threads.length]).toEqual([undefined, 2])
    expect(slept.filter((each) => each === 20_000)).toHaveLength(3)
  })

  test('that last too long end the run, with the reason in its status, and are no lack of rights', async () => {
    const reset = String(Math.ceil(Date.now() / 1000) + 3000)
    github.trouble({
      path: /reviews$/,
      status: 403,
      message: 'API rate limit exceeded',
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
      times: 9,
    })
    const { error, annotations } = await replay(github, repository, pull, { findings: forty.slice(0, 2), pace })
    expect(error?.message).toContain('longer than this run waits')
    expect(annotations).toEqual([])
    expect(repository.statuses.at(-1)).toMatchObject({ state: 'failure', description: expect.stringContaining('rate limit') })
  })
})

describe('GitHub Enterprise Server', () => {
  test('is asked at its own addresses, REST below /api/v3 and GraphQL at /api/graphql', async () => {
    const asked: string[] = []
    const http = {
      close: () => undefined,
      send: async ({ url }: { readonly url: URL }) => {
        asked.push(url.href)
        const bytes = async () => Buffer.from('{"data":{}}')
        const headers = new Map([['content-type', 'application/json']])
        return { status: 200, headers, url, bytes, discard: async () => undefined, body: (async function* () {})() }
      },
    }
    const pace = { betweenWritesMilliseconds: 0, now: Date.now, sleep: async () => undefined }
    const signal = new AbortController().signal
    const { octokit } = openGitHub({ apiUrl: 'https://ghe.example/api/v3/', token: 't' }, { owner: 'a', repo: 'b' }, { http, pace, signal })
    await octokit.request('GET /repos/{owner}/{repo}', { owner: 'a', repo: 'b' })
    await octokit.graphql('query { viewer { login } }')
    expect(asked).toEqual(['https://ghe.example/api/v3/repos/a/b', 'https://ghe.example/api/graphql'])
  })

  test('without check runs and code scanning has a status', async () => {
    github.absent.add('check-runs').add('code-scanning')
    const { error } = await replay(github, repository, pull, { token: github.token(workflowRights) })
    expect([error, repository.statuses.at(-1)?.state]).toEqual([undefined, 'success'])
  })

  test('is not guessed: without its address nothing is asked', async () => {
    await expect(readEnvironment({})).rejects.toThrow('GITHUB_API_URL is not set')
    await expect(readEnvironment({ GITHUB_API_URL: 'file:///etc' })).rejects.toThrow('is not an address')
  })
})

test('the token goes to the API alone, in a header', async () => {
  const token = github.token(workflowRights)
  await replay(github, repository, pull, { findings: forty.slice(0, 2), token })
  expect(
    github.requests.every(
      ({ headers, path, query, body }) => headers.authorization?.includes(token) && !JSON.stringify([path, query, body]).includes(token),
    ),
  ).toBe(true)
})

test('an answer without an end is not read to its end', async () => {
  const http = createHttp()
  const pace = { betweenWritesMilliseconds: 0, now: Date.now, sleep: async () => undefined }
  const endless = {
    ...http,
    send: async (request: Parameters<typeof http.send>[0]) => ({
      ...(await http.send(request)),
      bytes: async (most: number) => Promise.reject(new Error(`more than ${most} bytes`)),
    }),
  }
  const { octokit } = openGitHub(
    { apiUrl: github.url, token: 't' },
    { owner: 'acme', repo: 'shop' },
    { http: endless, pace, signal: new AbortController().signal },
  )
  await expect(octokit.request('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'shop' })).rejects.toThrow('more than 67108864 bytes')
  http.close()
})

test('metrics are of the report that is told, once', async () => {
  const told: unknown[] = []
  const telemetry = { finish: async (report: object) => void told.push(report) }
  const gaps = [{ subject: 'shop:1', message: 'registry answered 503', locations: [] }]
  await replay(github, repository, pull, { findings: forty, gaps, telemetry })
  expect(told).toMatchObject([{ verdict: 'block', findings: { length: 40 }, gaps }])
})

test.runIf(existsSync('/proc/self'))(
  'a report file for which no folder can ever be made fails the run and keeps nobody waiting',
  async () => {
    const { error, outputs } = await replay(github, repository, pull, { inputs: { 'report-file': '/proc/absent/report.json' } })
    expect(error?.message).toContain('"/proc/absent/report.json" cannot be written: ENOENT')
    expect(outputs.get('verdict')).toBe('incomplete')
  },
)
