import { expect, test } from 'vitest'
import type { Finding } from '../../../src/findings.ts'
import { judgeManifests } from '../../../src/manifests/judge.ts'
import { reachabilityRemark } from '../../../src/publish/github/reachability.ts'
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

const workload = (name: string) => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }
spec: { containers: [{ name: app, image: registry.example/${name}, ports: [{ containerPort: 5432 }] }] }
---
`
const denyAll = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
`

test('the summary draws what a change opens in the network, and nothing where it opens nothing', async () => {
  const closed = treeOf({ 'a.yaml': workload('web') + workload('database') + denyAll })
  const open = treeOf({ 'a.yaml': workload('web') + workload('database') })
  const changed = [{ path: 'a.yaml', status: 'modified' as const }]
  expect(await reachabilityRemark(closed, open, changed)).toMatch(
    /<summary>Network: \d+ paths opened, 0 closed<\/summary>\n\n```mermaid\nflowchart LR\n[\s\S]*web/,
  )
  expect(await reachabilityRemark(open, open, changed)).toBeUndefined()
  expect(await reachabilityRemark(closed, open, [{ path: 'README.md', status: 'modified' }])).toBeUndefined()
})

test('a summary with all there is keeps below the limit of a comment', async () => {
  const github = await githubStandIn()
  const many = (policy: string) =>
    Array.from({ length: 40 }, (_, index) => workload(`service-${'x'.repeat(60)}-${index}`)).join('') + policy
  const repository = github.repository('acme/shop', { 'a.yaml': many(denyAll) })
  const pull = github.pull(repository, { 'a.yaml': many('') })
  const findings = Array.from({ length: 900 }, (_, index) =>
    findingOn('a.yaml', 1 + index, { message: 'm'.repeat(400), fingerprint: `f${index}` }),
  )
  const { error } = await replay(github, repository, pull, { judge: async () => ({ report: reportOf(findings), lines: () => [] }) })
  expect(error).toBeUndefined()
  expect(pull.comments[0]?.body.length).toBeLessThanOrEqual(65_536)
  expect(pull.comments[0]?.body).toContain('Network: ')
  await github.close()
})
