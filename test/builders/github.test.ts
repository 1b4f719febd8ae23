/** The stand-in itself: what it refuses, and that it speaks as GitHub's own description says. */
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findingOn, numbered, replay } from '../publish/github/replay.ts'
import { type GitHubStandIn, githubStandIn, type Pull, type Repository, readOnly, workflowRights } from './github.ts'
import { hasOpenapi, openapiProblems } from './openapi.ts'

let github: GitHubStandIn
let repository: Repository
let pull: Pull
beforeEach(async () => {
  github = await githubStandIn()
  repository = github.repository('acme/shop', { 'shop.yaml': numbered(40) })
  pull = github.pull(repository, { 'shop.yaml': numbered(40, { 20: 'changed' }) })
})
afterEach(() => github.close())

async function send(method: string, path: string, body?: unknown, token = github.token(workflowRights)) {
  const response = await fetch(`${github.url}/repos/acme/shop${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: JSON.parse(text === '' ? 'null' : text), headers: response.headers }
}

const onLine = (line: number, more: object = {}) => ({ path: 'shop.yaml', side: 'RIGHT', line, body: 'text', ...more })

describe('refused', () => {
  test.each([
    ['a comment off the diff', '/pulls/1/comments', () => ({ ...onLine(30), commit_id: pull.head.sha }), 'must be part of the diff'],
    [
      'a review with a comment off the diff',
      '/pulls/1/reviews',
      () => ({ event: 'COMMENT', comments: [onLine(20), onLine(30)] }),
      'Line could not be resolved',
    ],
    [
      'a review of a file that is not changed',
      '/pulls/1/reviews',
      () => ({ event: 'COMMENT', comments: [onLine(20, { path: 'x' })] }),
      'Path could not be resolved',
    ],
    [
      'a range that ends before it starts',
      '/pulls/1/comments',
      () => ({ ...onLine(20, { start_line: 21 }), commit_id: pull.head.sha }),
      'must precede',
    ],
    [
      'a body of 65,537 characters',
      '/issues/1/comments',
      () => ({ body: 'x'.repeat(65_537) }),
      'Body is too long (maximum is 65536 characters)',
    ],
    [
      'a description of 141 characters',
      '/statuses/HEAD',
      () => ({ state: 'success', description: 'x'.repeat(141) }),
      'maximum is 140 characters',
    ],
    ['a status of an unknown commit', `/statuses/${'0'.repeat(40)}`, () => ({ state: 'success' }), 'No commit found for SHA'],
    [
      '51 annotations',
      '/check-runs',
      () => ({
        name: 'portcullis',
        head_sha: pull.head.sha,
        output: {
          title: 't',
          summary: 's',
          annotations: Array.from({ length: 51 }, () => ({
            path: 'shop.yaml',
            start_line: 1,
            end_line: 1,
            annotation_level: 'failure',
            message: 'm',
          })),
        },
      }),
      'No more than 50 items are allowed; 51 were supplied.',
    ],
  ])('%s', async (_name, path, body, message) => {
    const answer = await send('POST', path.replace('HEAD', pull.head.sha), body())
    expect(answer.status).toBe(422)
    expect(JSON.stringify(answer.body)).toContain(message)
    expect([pull.threads, pull.reviews, pull.comments, repository.statuses, repository.checkRuns]).toEqual([[], [], [], [], []])
  })

  test('a write with a token that may only read', async () => {
    const answer = await send('POST', '/pulls/1/reviews', { event: 'COMMENT', body: 'text' }, github.token(readOnly))
    expect([answer.status, answer.body.message]).toEqual([403, 'Resource not accessible by integration'])
  })

  test('resolving a thread without rights to push, as GitHub has it', async () => {
    await send('POST', '/pulls/1/comments', { ...onLine(20), commit_id: pull.head.sha })
    const mutation = `mutation { resolveReviewThread(input: { threadId: "${pull.threads[0]?.nodeId}" }) { thread { isResolved } } }`
    const ask = async (contents: 'read' | 'write') => {
      const headers = { authorization: `Bearer ${github.token({ pull_requests: 'write', contents })}` }
      return (await fetch(`${github.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query: mutation }) })).json()
    }
    expect((await ask('read')) as object).toMatchObject({ data: { resolveReviewThread: null }, errors: [{ type: 'FORBIDDEN' }] })
    expect((await ask('write')) as object).toMatchObject({ data: { resolveReviewThread: { thread: { isResolved: true } } } })
  })

  test('SARIF that is not packed', async () => {
    const upload = (sarif: string) => send('POST', '/code-scanning/sarifs', { commit_sha: pull.head.sha, ref: 'refs/pull/1/head', sarif })
    expect((await upload('e30=')).status).toBe(400)
    expect((await upload(gzipSync('{"runs":[]}').toString('base64'))).status).toBe(202)
  })
})

test('lists come in pages that name the next one', async () => {
  const wide = github.repository('acme/wide', Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`${index}.yaml`, 'a\n'])))
  github.pull(wide, {})
  const headers = { authorization: `Bearer ${github.token(readOnly)}` }
  const sizes: number[] = []
  for (let next: string | undefined = `${github.url}/repos/acme/wide/pulls/1/files?per_page=100`; next; ) {
    const response: Response = await fetch(next, { headers })
    sizes.push(((await response.json()) as unknown[]).length)
    next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
  }
  expect(sizes).toEqual([100, 100, 50])
})

test.skipIf(!hasOpenapi)('speaks as the OpenAPI description says, on both sides (conformance/specs/github-openapi.json)', async () => {
  await replay(github, repository, pull, { findings: [findingOn('shop.yaml', 20)] })
  github.push(repository, pull, { 'shop.yaml': numbered(40, { 21: 'changed' }) })
  await replay(github, repository, pull, { findings: [findingOn('shop.yaml', 21)], token: github.token(workflowRights) })
  await send('GET', `/commits/${pull.head.sha}/check-runs`)
  // Answers without GraphQL, an edit, a deletion, a suggestion on the waiver file, and comments one by one.
  github.absent.add('graphql')
  repository.collaborators.set('maintainer', 'write')
  github.push(repository, pull, { 'shop.yaml': numbered(40, { 21: 'changed' }), '.portcullis/waivers.yaml': '- rule: x\n' })
  const pair = [findingOn('shop.yaml', 21, { fingerprint: 'a' }), findingOn('shop.yaml', 21, { fingerprint: 'b' })]
  await replay(github, repository, pull, { findings: pair })
  const thread = pull.threads.at(-1)
  thread?.comments.push({
    id: 999,
    nodeId: 'x',
    author: 'maintainer',
    body: '/portcullis waive r until 2026-01-02',
    reviewId: 0,
    createdAt: 0,
  })
  pull.comments.push(...pull.comments.map((comment) => ({ ...comment, id: comment.id + 5000 })))
  github.trouble({ method: 'POST', path: /\/reviews$/, status: 422, message: 'Unprocessable Entity', times: 1 })
  await replay(github, repository, pull, {
    findings: [...pair.slice(1), findingOn('shop.yaml', 20)],
    gaps: [{ subject: 'x', message: 'y', locations: [] }],
  })
  await replay(github, repository, pull, { findings: [] })
  await send('GET', '/pulls/1/comments')
  await send('GET', '/pulls/1/reviews')
  await send('GET', '/pulls/1')
  await send('GET', `/commits/${pull.head.sha}/statuses`)
  await send('GET', `/commits/${pull.head.sha}/pulls`)
  await send('GET', '/issues/1/comments')
  await send('GET', '/contents/shop.yaml')
  await send('GET', `/git/trees/${pull.head.sha}`)
  const run = github.workflowRun(repository, { pull, artifacts: { report: Buffer.from('zip') } })
  await send('GET', `/actions/runs/${run}`)
  await send('GET', `/actions/runs/${run}/artifacts`)
  await send('GET', '/collaborators/someone/permission')
  const templates = new Set(github.requests.map(({ method, template }) => `${method} ${template}`))
  for (const route of [
    'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
    'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments',
    'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies',
    'PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}',
    'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
    'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}',
    'POST /repos/{owner}/{repo}/check-runs',
    'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
    'POST /repos/{owner}/{repo}/statuses/{sha}',
    'POST /repos/{owner}/{repo}/code-scanning/sarifs',
  ])
    expect(templates).toContain(route)
  expect(openapiProblems(github.requests)).toEqual([])
})
