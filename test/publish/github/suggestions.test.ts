import { expect, test } from 'vitest'
import type { Finding } from '../../../src/findings.ts'
import { judgeManifests } from '../../../src/manifests/judge.ts'
import { clears } from '../../../src/publish/github/suggestions.ts'
import { readRepository } from '../../../src/repo/read.ts'
import { githubStandIn } from '../../builders/github.ts'
import { findingOn, replay, reportOf, treeOf } from './replay.ts'

const pod = (privileged: boolean) => `apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  containers:
    - name: shop
      image: registry.example/shop:1
      securityContext:
        privileged: ${privileged} # for the driver
`

/** The finding that the gate has of a privileged container, with this in its suggestion. */
async function privilegedWith(replacement: string): Promise<Finding> {
  const problems = judgeManifests(await readRepository(treeOf({ 'pod.yaml': pod(true) })), {})
  const problem = problems.find(({ message }) => message.includes('runs privileged'))
  if (!problem) throw new Error('the rule is gone')
  return { ...problem, state: 'new', blocking: true, fingerprint: 'f', suggestion: { startLine: 10, endLine: 10, replacement } }
}

const lines = () => pod(true).split('\n')

test('a suggestion that clears its finding is offered', async () => {
  expect(await clears(await privilegedWith('        privileged: false # for the driver'), lines)).toBe(true)
})

test.each([
  ['changes nothing', '        privileged: true'],
  ['helps elsewhere', '        privileged: true\n        readOnlyRootFilesystem: true'],
  ['breaks the file', '        privileged: [false'],
])('a suggestion that %s is not', async (_case, replacement) => {
  expect(await clears(await privilegedWith(replacement), lines)).toBe(false)
})

test('a suggestion for lines that are not known, or for a finding that no rule of the file has, is not', async () => {
  const finding = await privilegedWith('        privileged: false')
  expect(await clears(finding, () => [])).toBe(false)
  expect(await clears({ ...finding, rule: 'vulnerability/elsewhere' }, lines)).toBe(false)
})

test.each([
  ['names another base is', 'FROM alpine:3.20.6', true],
  ['changes nothing is not', 'FROM alpine:3.20.3', false],
  ['names no base is not', '# FROM alpine:3.20.6', false],
])('a suggestion of a newer base that %s offered', async (_case, replacement, isOffered) => {
  const location = { file: 'Dockerfile', startLine: 1, endLine: 1 }
  const problem = { rule: 'image/base-update', check: 'dockerfile', severity: 'low', title: '', message: '' } as const
  const suggestion = { startLine: 1, endLine: 1, replacement }
  const decided = { subject: 'Dockerfile', locations: [location], state: 'new', blocking: false, fingerprint: 'f' } as const
  expect(await clears({ ...problem, ...decided, suggestion }, () => ['FROM alpine:3.20.3', 'USER 1000', ''])).toBe(isOffered)
})

test('the review has the suggestion that helps, and the comment without the one that does not', async () => {
  const github = await githubStandIn()
  const repository = github.repository('acme/shop', { 'pod.yaml': pod(false) })
  for (const [replacement, isOffered] of [
    ['        privileged: false # for the driver', true],
    ['        privileged: true', false],
  ] as const) {
    const pull = github.pull(repository, { 'pod.yaml': pod(true) })
    await replay(github, repository, pull, { findings: [await privilegedWith(replacement)] })
    const bodies = pull.threads.map(({ comments }) => comments[0]?.body.includes('```suggestion\n'))
    expect(bodies).toEqual([isOffered])
  }
  await github.close()
})

test('the summary draws once what the gate found to be opened in the network', async () => {
  const github = await githubStandIn()
  const repository = github.repository('acme/shop', { 'a.yaml': 'a\n' })
  const pull = github.pull(repository, { 'a.yaml': 'b\n' })
  const added = [{ from: 'outside', to: 'Deployment/shop/web', ports: ['8080'] }]
  const judge = async () => ({ report: { ...reportOf([]), reachability: { added, removed: [] } }, lines: () => [] })
  await replay(github, repository, pull, { judge })
  expect(pull.comments.at(-1)?.body.split('```mermaid\nflowchart LR')).toHaveLength(2)
  await github.close()
})

test('a summary with all there is keeps below the limit of a comment', async () => {
  const github = await githubStandIn()
  const repository = github.repository('acme/shop', { 'a.yaml': 'a\n' })
  const pull = github.pull(repository, { 'a.yaml': 'b\n' })
  const added = Array.from({ length: 1000 }, (_, index) => ({
    from: 'outside',
    to: `Pod/shop/${'x'.repeat(60)}-${index}`,
    ports: ['5432'],
  }))
  const findings = Array.from({ length: 900 }, (_, index) =>
    findingOn('a.yaml', 1 + index, { message: 'm'.repeat(400), fingerprint: `f${index}` }),
  )
  const report = { ...reportOf(findings), reachability: { added, removed: [] } }
  const { error } = await replay(github, repository, pull, { judge: async () => ({ report, lines: () => [] }) })
  expect(error).toBeUndefined()
  expect(pull.comments[0]?.body.length).toBeLessThanOrEqual(65_536)
  expect(pull.comments[0]?.body).toContain('left out for length')
  await github.close()
})
