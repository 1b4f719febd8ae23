import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHttp } from '../../../src/http-client.ts'
import { finishLeftover } from '../../../src/publish/github/run.ts'
import { readMark } from '../../../src/publish/github/standing.ts'
import { type GitHubStandIn, githubStandIn, type Pull, type Repository, statusRights, workflowRights } from '../../builders/github.ts'
import { findingOn, numbered, replay } from './replay.ts'

let github: GitHubStandIn
let repository: Repository
let pull: Pull
let token: string
beforeEach(async () => {
  github = await githubStandIn()
  repository = github.repository('acme/shop', { 'shop.yaml': numbered(3) })
  pull = github.pull(repository, { 'shop.yaml': numbered(200) })
  token = github.token(workflowRights)
})
afterEach(() => github.close())

const manyFindings = (count: number) => Array.from({ length: count }, (_, index) => findingOn('shop.yaml', index + 1))

describe('a token that may write checks', () => {
  test('gets a check run of the head commit instead of a status, in progress first', async () => {
    const seen: unknown[] = []
    await replay(github, repository, pull, {
      token,
      judge: async () => {
        seen.push(...repository.checkRuns.map(({ status }) => status))
        throw new Error('the disk is gone')
      },
    })
    expect(seen).toEqual(['in_progress'])
    expect(repository.statuses).toEqual([])
    expect(repository.checkRuns).toMatchObject([
      {
        name: 'portcullis',
        sha: pull.head.sha,
        status: 'completed',
        conclusion: 'failure',
        output: { title: 'not judged: the disk is gone' },
      },
    ])
  })

  test('gets the annotations in batches of 50, and the conclusion with the last', async () => {
    await replay(github, repository, pull, { token, findings: manyFindings(120) })
    const updates = github.requests
      .filter(({ method }) => method === 'PATCH')
      .map(({ body }) => body as { conclusion?: string; output: { annotations: unknown[] } })
    expect(updates.map(({ conclusion, output }) => [conclusion, output.annotations.length])).toEqual([
      [undefined, 50],
      [undefined, 50],
      ['failure', 20],
    ])
    expect(repository.checkRuns[0]?.annotations[0]).toMatchObject({ path: 'shop.yaml', start_line: 1, annotation_level: 'failure' })
  })

  test('has its verdict when GitHub refuses an annotation', async () => {
    github.trouble({ method: 'PATCH', path: /check-runs/, status: 422, message: 'Invalid request.', times: 1 })
    const { error } = await replay(github, repository, pull, { token, findings: manyFindings(3) })
    expect([error, repository.checkRuns[0]?.conclusion, repository.checkRuns[0]?.annotations]).toEqual([undefined, 'failure', []])
  })

  test('gets 300 annotations at most, and the rest counted', async () => {
    pull.head.sha = github.push(repository, pull, { 'shop.yaml': numbered(400) })
    await replay(github, repository, pull, { token, findings: manyFindings(320) })
    expect(repository.checkRuns[0]?.annotations).toHaveLength(300)
    expect(repository.checkRuns[0]?.output.summary).toContain('20 findings have no annotation')
  })

  test('gets no annotations of the job besides', async () => {
    const { annotations, commands } = await replay(github, repository, pull, { token, findings: manyFindings(3) })
    expect([annotations, commands]).toEqual([[], []])
  })
})

describe('never left pending', () => {
  const last = () => repository.checkRuns.at(-1)?.conclusion ?? repository.statuses.at(-1)?.state

  test.each([
    ['a check run', workflowRights],
    ['a status', statusRights],
  ])('%s of a job that is cancelled while it judges', async (_name, rights) => {
    const cancelled = new AbortController()
    const { error } = await replay(github, repository, pull, {
      token: github.token(rights),
      signal: cancelled.signal,
      judge: () => {
        cancelled.abort(new Error('the job was cancelled'))
        // Never done: work that knows no signal.
        return new Promise(() => undefined)
      },
    })
    expect(error?.message).toBe('the job was cancelled')
    expect(last()).toBe('failure')
  })

  test.each([
    ['the list of files', /\/files$/],
    ['the conversation', /^\/graphql$/],
    ['the review', /\/reviews$/],
    ['the summary', /\/issues\/\d+\/comments$/],
  ])('when %s answers 500 for good', async (_name, path) => {
    github.trouble({ path, status: 500, times: 99 })
    const { error } = await replay(github, repository, pull, { token, findings: manyFindings(1) })
    expect(error).toBeDefined()
    expect(last()).toBe('failure')
  })

  test('when the last word itself is refused a few times', async () => {
    github.trouble({ method: 'PATCH', path: /check-runs/, status: 502, times: 3 })
    const { verdict } = await replay(github, repository, pull, { token })
    expect([verdict, last()]).toEqual(['pass', 'success'])
  })

  test.each([
    ['a check run', workflowRights],
    ['a status', statusRights],
  ])('%s of a step that was killed, by the last step of the job', async (_name, rights) => {
    const killed = await replayUntilKilled(github.token(rights))
    expect(['pending', undefined]).toContain(repository.statuses.at(-1)?.state)
    const http = createHttp()
    const pace = { betweenWritesMilliseconds: 0, now: Date.now, sleep: async () => undefined }
    const world = { address: { apiUrl: github.url, token: github.token(rights) }, http, pace }
    expect(await finishLeftover(world, 'acme/shop', killed)).toBe(true)
    http.close()
    expect(last()).toBe('failure')
  })

  /** The state that was saved when judging began. */
  async function replayUntilKilled(withToken: string): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>()
    void replay(github, repository, pull, {
      token: withToken,
      onState: (_name, value) => resolve(value),
      judge: () => new Promise(() => undefined),
    })
    return promise
  }

  test('and what is finished is left alone', async () => {
    const { state } = await replay(github, repository, pull, { token })
    expect(state.get('mark')).toBe('')
  })
})

test.each([
  '',
  '{}',
  '{"kind":"none","sha":"x"}',
  '{"kind":"check-run","sha":"0000000000000000000000000000000000000000"}',
  'x'.repeat(1e6),
])('a mark that was not written by us is none: %.60s', (text) => {
  expect(readMark(text)).toBeUndefined()
})
