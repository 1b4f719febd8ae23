/** Which findings are newly disclosed hangs on when the base was committed. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type GitHubStandIn, githubStandIn, type Pull, type Repository, workflowRights } from '../../builders/github.ts'
import { numbered, replay, reportOf } from './replay.ts'

let github: GitHubStandIn
let repository: Repository
let pull: Pull
beforeEach(async () => {
  github = await githubStandIn()
  repository = github.repository('acme/shop', { 'shop.yaml': numbered(9) })
  pull = github.pull(repository, { 'shop.yaml': numbered(9, { 5: 'privileged: true' }) })
})
afterEach(() => github.close())

const committed = Date.parse('2025-11-03T10:20:30Z')

function datedTip(): string {
  const tip = repository.commits.get(repository.branches.get('main') ?? '')
  if (!tip) throw new Error('the repository has no commit')
  tip.committedAt = committed
  return tip.sha
}

describe('the time of the base', () => {
  test('of a pull request is that of the tip of its base branch, by the committer and not by the author', async () => {
    datedTip()
    expect((await replay(github, repository, pull)).baseTime).toBe(committed)
  })

  test('is handed over again when the policy of the change is tried', async () => {
    datedTip()
    github.push(repository, pull, { 'shop.yaml': numbered(9), '.portcullis.yaml': 'failOn: never\n' })
    const times: (number | undefined)[] = []
    await replay(github, repository, pull, {
      judge: async (_base, _files, baseTime) => {
        times.push(baseTime)
        return { report: reportOf([]), lines: () => [] }
      },
    })
    expect(times).toEqual([committed, committed])
  })

  test('of a push is that of the commit before it', async () => {
    const before = datedTip()
    const after = github.commit(repository, { 'shop.yaml': numbered(3) }, [before])
    const payload = { repository: { full_name: 'acme/shop', default_branch: 'main' }, before, after, ref: 'refs/heads/main' }
    const run = await replay(github, repository, pull, {
      event: { name: 'push', payload, sha: after, ref: 'refs/heads/main' },
      token: github.token(workflowRights),
    })
    expect(run.baseTime).toBe(committed)
  })

  test('is nothing where there is no base', async () => {
    const sha = datedTip()
    const payload = { repository: { full_name: 'acme/shop', default_branch: 'main' } }
    const run = await replay(github, repository, pull, { event: { name: 'schedule', payload, sha, ref: 'refs/heads/main' } })
    expect([run.error, run.baseTime]).toEqual([undefined, undefined])
  })

  test('that GitHub does not tell is said, and the rest is judged', async () => {
    github.trouble({ path: /\/git\/commits\//, status: 404, times: 1 })
    const { baseTime, log, verdict } = await replay(github, repository, pull)
    expect([baseTime, verdict]).toEqual([undefined, 'pass'])
    expect(log.join()).toMatch(/the time of commit [0-9a-f]{12} could not be read, it is taken to be a week old: GitHub answered 404/)
  })

  test('that makes no sense is taken for unknown', async () => {
    datedTip()
    const tip = repository.commits.get(repository.branches.get('main') ?? '')
    if (tip) tip.committedAt = Number.NaN
    const { baseTime, verdict } = await replay(github, repository, pull)
    expect([baseTime, verdict]).toEqual([undefined, 'pass'])
  })
})
