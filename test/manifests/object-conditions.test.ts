import { describe, expect, test } from 'vitest'
import { judgeByUserPolicies } from '../../src/manifests/user-policies/judge.ts'
import { readDefaultPolicy } from '../../src/policy/read.ts'
import { repositoryOf } from './fixture.ts'

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  labels:
    app.kubernetes.io/name: web
    owner: team-a
spec:
  replicas: 7
  paused: false
  template:
    metadata: { labels: { app: web } }
    spec:
      hostNetwork: true
      initContainers:
        - name: prepare
          image: ghcr.io/acme/prepare:1
      containers:
        - name: main
          image: docker.io/acme/web:1
          ports: [{ containerPort: 80 }, { containerPort: 8443 }]
          resources: { limits: { memory: 1Gi } }
`
const role = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: shop }
rules:
  - { apiGroups: [""], resources: [pods], verbs: [get] }
  - { apiGroups: [""], resources: [secrets], verbs: [list] }
`

async function policyOf(...entries: readonly Readonly<Record<string, string>>[]) {
  const text = JSON.stringify({ denyObjects: entries.map((entry, index) => ({ name: `c${index}`, ...entry })) })
  return readDefaultPolicy(async (path) => (path === '.portcullis.yaml' ? Buffer.from(text) : undefined))
}

async function judge(entry: Readonly<Record<string, string>>) {
  const { objectDenials: conditions } = await policyOf(entry)
  const head = await repositoryOf({ 'deploy.yaml': deployment, 'role.yaml': role })
  const { problems, gaps } = await judgeByUserPolicies(head, undefined, { conditions })
  return {
    problems: problems.map(({ subject, message, mode, locations }) => ({ subject, message, mode, line: locations[0]?.startLine })),
    gaps: gaps.map(({ message }) => message),
  }
}

const places = async (condition: string) =>
  (await judge({ condition })).problems.map(({ subject, line }) => `${subject.replace(/\/.*/u, '')}:${line}`)

describe('a condition over objects', () => {
  test.each([
    ['kind == "Deployment" and spec.replicas > 5', ['Deployment:10']],
    ['spec.replicas >= 8', []],
    ['kind == "Deployment" and not labels.team', ['Deployment:6']],
    ['labels.owner', ['Deployment:8']],
    ['labels["app.kubernetes.io/name"] == "web"', ['Deployment:7']],
    ['spec.paused', []],
    ['kind == "Deployment" and not spec.paused', ['Deployment:11']],
    ['group == "apps" and metadata.namespace != "prod"', ['Deployment:5']],
    ['pod.hostNetwork == true', ['Deployment:15']],
    ['kind == "Deployment" and spec.template.spec.hostNetwork', ['Deployment:15']],
    ['container.image starts_with "docker.io/"', ['Deployment:21']],
    ['not container.resources.limits.memory', ['Deployment:17']],
    ['pod.hostNetwork and container.ports[*].containerPort < 1024', ['Deployment:15']],
    ['container.ports[1].containerPort in [8443, 9443]', ['Deployment:22']],
    ['object.rules[*].resources[*] == "secrets"', ['Role:5']],
    ['object.rules[*].verbs[*] in ["create", "delete"]', []],
    ['kind == "Role" and object.rules[*].verbs[*] not in ["get"]', []],
    ['kind == "Role" and spec.replicas != 7', ['Role:1']],
    ['file ends_with "role.yaml" and name contains "read"', ['Role:3']],
  ])('%s', async (condition, expected) => {
    expect(await places(condition)).toEqual(expected)
  })

  test('says its own message, and blocks nothing where it only warns', async () => {
    expect(await judge({ condition: 'kind == "Role"', message: 'no roles here', mode: 'warn' })).toEqual({
      problems: [{ subject: 'Role/shop/reader', message: '"no roles here"', mode: 'warn', line: 3 }],
      gaps: [],
    })
    const { problems } = await judge({ condition: 'kind == "Role"' })
    expect(problems[0]).toMatchObject({ message: 'meets the condition "kind == \\"Role\\""', mode: undefined })
  })

  test('that asks a text for its order is a gap', async () => {
    const { problems, gaps } = await judge({ condition: 'container.resources.limits.memory > 100' })
    expect(problems).toEqual([])
    expect(gaps).toEqual(['condition "c0": "container.resources.limits.memory > 100" compares what has no order'])
  })

  test.each([
    [
      'sepc.replicas > 5',
      'column 1: "sepc.replicas" begins with none of annotations, container, data, labels, metadata, object, pod, spec',
    ],
    ['kynd == "Role"', 'column 1: unknown name "kynd", expected kind, file, name'],
    ['spec..replicas', 'column 5: "..replicas" is no field'],
    ['labels.owner == team', 'column 17: unknown name "team"'],
    ['kind > "a"', 'column 6: "kind" has no order'],
  ])('that could never be met is an error of the policy: %s', async (condition, message) => {
    await expect(policyOf({ condition })).rejects.toThrow(`condition of "c0", ${message}`)
  })
})
