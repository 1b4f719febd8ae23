import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { judgeManifests } from '../../src/manifests/judge.ts'
import { repositoryOf } from './fixture.ts'

/** The seed documents, beside the checkout where they are present. */
const folder = fileURLToPath(new URL('../../../shared/zero-trust/', import.meta.url))

/** What a careful reviewer says of each file, as `line rule`; an empty list has its reason beside it. */
const expected: Readonly<Record<string, readonly string[]>> = {
  // Alpine 3.18 has no fixes since May 2025, its tag can move, and the whole context is copied with nothing left out.
  Dockerfile: ['1 dockerfile/end-of-life-base', '1 image/mutable-tag', '3 dockerfile/whole-context'],
  // `to: []` is everywhere; the two entries of `from` are alternatives; nothing labels a namespace with its `name`.
  'app-isolation.yaml': [
    '16 network/unlabelled-namespace',
    '17 network/separate-peers',
    '27 network/unlabelled-namespace',
    '31 network/allow-all-peer',
  ],
  // Clean: configuration of a program, without a secret; what it may read is decided where it is mounted.
  'fluentd-security-config.yaml': [],
  // Clean: a dashboard's queries.
  'grafana-security-dashboard.yaml': [],
  // Clean: it is a policy of this program, and read as one.
  'image-security-policy.yaml': [],
  // Rules are alternatives: the second admits every source, the third everybody in 10.0.0.0/8.
  'istio-authorization-policy.yaml': ['13 mesh/alternative-rules', '16 mesh/alternative-rules'],
  // The database is allowed, and nobody can look its name up.
  'network-policy.yaml': ['20 network/no-dns'],
  // No cluster since v1.25 looks at it.
  'pod-security-policy.yaml': ['1 api/removed'],
  // Names restrict neither list nor create.
  'rbac-role.yaml': ['11 rbac/ineffective-resource-names', '11 rbac/ineffective-resource-names'],
  // Clean: requests and limits are bounded, and so are pods, claims and secrets; nothing in the tree goes beyond.
  'resource-quota.yaml': [],
  // Clean: a list of answers to events, which no cluster reads.
  'response-policy.yaml': [],
  // Meets the level restricted; beside it: latest, no bounds on resources, an account's token, and no NetworkPolicy.
  'secure-pod.yaml': [
    '4 network/unselected-workload',
    '5 pod/default-service-account',
    '16 pod/memory-limit',
    '16 pod/resource-requests',
    '16 pod/resource-requests',
    '17 image/mutable-tag',
  ],
  // Images by latest, parameters pasted into scripts, and none of them declared.
  'tekton-security-scan.yaml': [
    '1 api/deprecated',
    '8 image/mutable-tag',
    '9 tekton/script-injection',
    '9 tekton/undeclared-parameter',
    '13 image/mutable-tag',
    '14 tekton/script-injection',
    '14 tekton/undeclared-parameter',
  ],
}

describe.skipIf(!existsSync(folder))('the seed documents', () => {
  test('are all known here', () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(expected).sort())
  })

  test.each(Object.entries(expected))('%s gets what a careful reviewer would say', async (file, findings) => {
    const repository = await repositoryOf({ [file]: readFileSync(join(folder, file), 'utf8') })
    const problems = judgeManifests(repository, { today: '2026-01-01' })
    const found = problems.map(({ rule, locations }) => ({ line: locations[0]?.startLine ?? 0, rule }))
    found.sort((a, b) => a.line - b.line || (a.rule < b.rule ? -1 : 1))
    expect(found.map(({ line, rule }) => `${line} ${rule}`)).toEqual(findings)
  })
})
