import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Tree } from '../../../src/repo/tree.ts'
import { type Files, type GitHubStandIn, githubStandIn, type Repository, readOnly, workflowRights } from '../../builders/github.ts'
import { findingOn, type ReplayOptions, replay, textsOf } from './replay.ts'

let github: GitHubStandIn
let repository: Repository
let main: string
beforeEach(async () => {
  github = await githubStandIn()
  repository = github.repository('acme/shop', { '.portcullis.yaml': 'failOn: high\n', 'a.yaml': 'a\n', 'same.yaml': 'same\n' })
  main = repository.branches.get('main') ?? ''
})
afterEach(() => github.close())

const rest = { full_name: 'acme/shop', default_branch: 'main' }

async function judged(name: string, sha: string, payload: object, ref: string, more: ReplayOptions = {}) {
  const pull = github.pull(repository, {})
  repository.pulls.clear()
  const run = await replay(github, repository, pull, {
    token: github.token(workflowRights),
    event: { name, payload: { repository: rest, ...payload }, sha, ref },
    files: textsOf(repository, sha),
    ...more,
  })
  return { ...run, base: run.base && (await contentOf(run.base)), policy: run.base?.name }
}

async function contentOf(tree: Tree): Promise<Record<string, string>> {
  const paths = (await tree.files()).map(({ path }) => path)
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, Buffer.from((await tree.read(path, 10_000)) ?? []).toString()])),
  )
}

const commit = (files: Files, parent = main) => github.commit(repository, files, [parent])

describe('a push', () => {
  test('to the default branch is compared with what was there before, by the policy that it brings', async () => {
    const after = commit({ '.portcullis.yaml': 'failOn: low\n', 'b.yaml': 'b\n', 'same.yaml': 'same\n' })
    const { base, policy, verdict } = await judged('push', after, { before: main, after, ref: 'refs/heads/main' }, 'refs/heads/main')
    expect(base).toEqual({ '.portcullis.yaml': 'failOn: low\n', 'a.yaml': 'a\n', 'same.yaml': 'same\n' })
    expect([policy, verdict]).toEqual([after, 'pass'])
    expect(repository.checkRuns).toMatchObject([{ sha: after, conclusion: 'success' }])
  })

  test('to another branch is compared with the default branch, and never judged by its own policy', async () => {
    const first = commit({ '.portcullis.yaml': 'failOn: never\n', 'b.yaml': 'b\n' })
    const after = commit({ '.portcullis.yaml': 'failOn: never\n', 'c.yaml': 'c\n' }, first)
    const { base, policy } = await judged('push', after, { before: first, after, ref: 'refs/heads/x' }, 'refs/heads/x')
    expect(base).toEqual({ '.portcullis.yaml': 'failOn: high\n', 'a.yaml': 'a\n', 'same.yaml': 'same\n' })
    expect(policy).toBe(main)
  })

  test('that replaced commits which are gone has new findings alone', async () => {
    const after = commit({ 'a.yaml': 'a\n' })
    const { base, log } = await judged('push', after, { before: 'f'.repeat(40), after, ref: 'refs/heads/main' }, 'refs/heads/main')
    expect(base).toBeUndefined()
    expect(log.join()).toContain('all findings count as new')
  })

  test('whose files GitHub does not list as a whole is incomplete', async () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`${index}.yaml`, 'x\n']))
    const after = commit(many)
    github.cutTreesAt(10)
    const { verdict } = await judged('push', after, { before: main, after, ref: 'refs/heads/main' }, 'refs/heads/main')
    expect(verdict).toBe('incomplete')
    expect(repository.checkRuns[0]?.output.title).toContain('GitHub cut the list of files')
  })
})

test('a merge group is compared with the commit that it will be merged on', async () => {
  const head = commit({ '.portcullis.yaml': 'failOn: never\n' })
  const group = { head_sha: head, base_sha: main, head_ref: 'refs/heads/gh-readonly-queue/main/pr-1' }
  const { base, policy } = await judged('merge_group', head, { merge_group: group }, 'refs/heads/gh-readonly-queue/main/pr-1')
  expect(base?.['.portcullis.yaml']).toBe('failOn: high\n')
  expect(policy).toBe(main)
  expect(repository.uploads).toEqual([])
})

test.each(['schedule', 'workflow_dispatch'])('a %s on the default branch judges all that there is', async (name) => {
  const { base } = await judged(name, main, {}, 'refs/heads/main', { findings: [findingOn('a.yaml', 1)] })
  expect(base).toBeUndefined()
  expect(repository.checkRuns).toMatchObject([{ sha: main, conclusion: 'failure' }])
})

test('a workflow_dispatch on another branch is held against the default branch', async () => {
  const head = commit({ '.portcullis.yaml': 'failOn: never\n' })
  expect((await judged('workflow_dispatch', head, {}, 'refs/heads/x')).policy).toBe(main)
})

describe('code scanning', () => {
  const upload = (more: ReplayOptions = {}) =>
    judged('push', main, { before: main, after: main, ref: 'refs/heads/main' }, 'refs/heads/main', more)

  test('gets the findings of a branch, packed, with their fingerprints', async () => {
    const finding = findingOn('a.yaml', 1)
    await upload({ findings: [finding] })
    expect(repository.uploads.map((each) => [each.commit, each.ref])).toEqual([[main, 'refs/heads/main']])
    expect(JSON.stringify(repository.uploads[0]?.sarif)).toContain(finding.fingerprint)
  })

  test('gets those of a pull request at its head', async () => {
    const pull = github.pull(repository, { 'a.yaml': 'changed\n' })
    await replay(github, repository, pull, { token: github.token(workflowRights), findings: [findingOn('a.yaml', 1)] })
    expect(repository.uploads.map((each) => [each.commit, each.ref])).toEqual([[pull.head.sha, 'refs/pull/1/head']])
  })

  test('gets an empty list too, which closes what was open', async () => {
    await upload()
    expect(repository.uploads).toHaveLength(1)
  })

  test.each([
    ['switched off', { status: 403, message: 'Advanced Security must be enabled for this repository to use code scanning.' }],
    ['absent', { status: 404, message: 'Not Found' }],
    ['down', { status: 503, message: 'Service unavailable' }],
  ])('that is %s changes no verdict', async (_case, refusal) => {
    github.trouble({ ...refusal, path: /sarifs/, times: 99 })
    const { verdict, error, annotations } = await upload()
    expect([verdict, error, annotations]).toEqual(['pass', undefined, []])
    expect(repository.checkRuns[0]?.conclusion).toBe('success')
  })

  test('is among the missing rights where others are missing too', async () => {
    const { annotations } = await upload({ token: github.token(readOnly) })
    expect(annotations.at(-1)?.message).toContain('`security-events: write` and `statuses: write`')
  })
})
