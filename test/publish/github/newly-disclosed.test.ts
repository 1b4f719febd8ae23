/** What the base has too, and the policy lets block. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type GitHubStandIn, githubStandIn, type Pull, type Repository, workflowRights } from '../../builders/github.ts'
import { findingOn, numbered, replay } from './replay.ts'

let github: GitHubStandIn
let repository: Repository
let pull: Pull
beforeEach(async () => {
  github = await githubStandIn()
  repository = github.repository('acme/shop', { 'shop.yaml': numbered(9) })
  pull = github.pull(repository, { 'shop.yaml': numbered(9, { 5: 'privileged: true' }) })
})
afterEach(() => github.close())

const disclosed = findingOn('shop.yaml', 5, { state: 'existing', newlyDisclosed: true, blocking: true })

test('what was disclosed after the base and blocks has a comment on its line and an annotation, as what is new has', async () => {
  await replay(github, repository, pull, { findings: [disclosed], token: github.token(workflowRights) })
  expect(pull.threads.map(({ path, line }) => [path, line])).toEqual([['shop.yaml', 5]])
  expect(pull.threads[0]?.comments[0]?.body).toContain('pod/privileged')
  expect(repository.checkRuns[0]?.annotations).toMatchObject([{ path: 'shop.yaml', start_line: 5, annotation_level: 'failure' }])
})

test('what was disclosed after the base and blocks has neither where it does not block', async () => {
  const findings = [{ ...disclosed, blocking: false }]
  await replay(github, repository, pull, { findings, token: github.token(workflowRights) })
  expect([pull.threads, repository.checkRuns[0]?.annotations]).toEqual([[], []])
})

test('what was disclosed after the base and blocks keeps its thread, and has it answered once it is fixed', async () => {
  const token = github.token(workflowRights)
  await replay(github, repository, pull, { findings: [disclosed], token })
  await replay(github, repository, pull, { findings: [disclosed], token })
  expect(pull.threads).toHaveLength(1)
  await replay(github, repository, pull, { findings: [], token })
  expect(pull.threads.map(({ comments }) => comments.length)).toEqual([2])
})
