import { describe, expect, test } from 'vitest'
import { judgeByUserPolicies } from '../../src/manifests/user-policies/judge.ts'
import { repositoryOf } from './fixture.ts'

const deployment = (image: string, more = '') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  replicas: 7\n  template:\n    metadata: { labels: { app: web } }\n    spec:\n      containers:\n        - name: main\n          image: ${image}\n${more}`

function policy(
  name: string,
  spec: string,
  rules = 'apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]',
): string {
  return `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: { name: ${name} }\nspec:\n  matchConstraints: { resourceRules: [{ ${rules} }] }\n${spec.replace(/^/gm, '  ')}\n`
}

function binding(name: string, spec = 'validationActions: [Deny]'): string {
  return `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata: { name: ${name} }\nspec: { policyName: ${name}, ${spec} }\n`
}

async function judge(policies: readonly string[], objects: readonly string[], base?: readonly string[]) {
  const head = await repositoryOf({ 'objects.yaml': objects.join('---\n'), 'policies.yaml': policies.join('---\n') })
  const before = base && (await repositoryOf({ 'objects.yaml': base.join('---\n'), 'policies.yaml': policies.join('---\n') }))
  const { problems, gaps } = await judgeByUserPolicies(head, before)
  return {
    problems: problems.map(
      ({ rule, message, locations, mode }) => `${rule}:${locations[0]?.startLine}${mode === undefined ? '' : ` ${mode}`} ${message}`,
    ),
    gaps: gaps.map(({ message }) => message),
  }
}

const none = { problems: [], gaps: [] }
const replicas = 'validations:\n  - expression: object.spec.replicas <= 5\n    message: five are enough'

describe('a ValidatingAdmissionPolicy', () => {
  test('refuses what its expression refuses, on the line that the expression speaks of', async () => {
    expect(await judge([policy('few', replicas), binding('few')], [deployment('app:1')])).toEqual({
      problems: ['policy/few:7 "five are enough"'],
      gaps: [],
    })
  })

  test('is not in force without a binding', async () => {
    expect(await judge([policy('few', replicas)], [deployment('app:1')])).toEqual(none)
  })

  test('warns where its binding only warns', async () => {
    const { problems } = await judge([policy('few', replicas), binding('few', 'validationActions: [Warn, Audit]')], [deployment('app:1')])
    expect(problems).toEqual(['policy/few:7 warn "five are enough"'])
  })

  test('is asked about its own resources, namespaces and labels only', async () => {
    const other = policy('few', replicas, 'apiGroups: [batch], apiVersions: [v1], operations: ["*"], resources: [jobs]')
    expect(await judge([other, binding('few')], [deployment('app:1')])).toEqual(none)
    const elsewhere = binding('few', 'matchResources: { namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: other } } }')
    expect(await judge([policy('few', replicas), elsewhere], [deployment('app:1')])).toEqual(none)
  })

  test('for pods sees the pods that a workload would make', async () => {
    const pods = 'apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]'
    const spec =
      "validations:\n  - expression: object.spec.containers.all(c, !c.image.endsWith(':latest'))\n    messageExpression: \"'latest in ' + object.metadata.namespace\""
    const found = await judge([policy('no-latest', spec, pods), binding('no-latest')], [deployment('app:latest')])
    expect(found).toEqual({ problems: ['policy/no-latest:11 "latest in shop"'], gaps: [] })
    expect(await judge([policy('no-latest', spec, pods), binding('no-latest')], [deployment('app:1')])).toEqual(none)
  })

  test('has variables, conditions and parameters of the tree', async () => {
    const spec =
      'paramKind: { apiVersion: v1, kind: ConfigMap }\nvariables:\n  - { name: most, expression: int(params.data.most) }\nmatchConditions:\n  - { name: web, expression: object.metadata.name.startsWith("web") }\nvalidations:\n  - expression: object.spec.replicas <= variables.most\n    messageExpression: "\'at most %d\'.format([variables.most])"'
    const params = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: limits, namespace: shop }\ndata: { most: "5" }\n'
    const bound = binding('few', 'paramRef: { name: limits, parameterNotFoundAction: Deny }')
    expect(await judge([policy('few', spec), bound], [deployment('app:1'), params])).toEqual({
      problems: ['policy/few:7 "at most 5"'],
      gaps: [],
    })
    expect(await judge([policy('few', spec), bound], [deployment('app:1'), params.replace('"5"', '"9"')])).toEqual(none)
    const { gaps } = await judge([policy('few', spec), bound], [deployment('app:1')])
    expect(gaps).toEqual(['ValidatingAdmissionPolicy "few": its parameters are not in the tree'])
  })

  test('that needs a cluster is a gap, or nothing where failures are ignored', async () => {
    const spec = 'validations:\n  - expression: request.userInfo.username == "admin"'
    const { problems, gaps } = await judge([policy('who', spec), binding('who')], [deployment('app:1')])
    expect(problems).toEqual([])
    expect(gaps[0]).toContain('needs a cluster')
    expect(await judge([policy('who', `failurePolicy: Ignore\n${spec}`), binding('who')], [deployment('app:1')])).toEqual(none)
  })

  test('that fails on an object refuses it, as the cluster would', async () => {
    const spec = 'validations:\n  - expression: object.spec.nothing > 1'
    const { problems } = await judge([policy('broken', spec), binding('broken')], [deployment('app:1')])
    expect(problems[0]).toContain('cannot be evaluated: No such key: nothing')
  })

  test('sees the object of the base as the old one', async () => {
    const spec = 'validations:\n  - expression: oldObject == null || object.spec.replicas <= oldObject.spec.replicas'
    const before = deployment('app:1').replace('replicas: 7', 'replicas: 3')
    expect((await judge([policy('grow', spec), binding('grow')], [deployment('app:1')], [before])).problems).toHaveLength(1)
    expect(await judge([policy('grow', spec), binding('grow')], [deployment('app:1')], [deployment('app:1')])).toEqual(none)
  })

  test('that would run for minutes is a gap, and the others are asked', async () => {
    const tens = '[0,1,2,3,4,5,6,7,8,9]'
    const nested = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].reduce((inner, name) => `${tens}.map(${name}, ${inner})`, '1')
    const { problems, gaps } = await judge(
      [policy('slow', `validations:\n  - expression: "${nested}.size() > 0"`), binding('slow'), policy('few', replicas), binding('few')],
      [deployment('app:1')],
    )
    expect(gaps[0]).toMatch(/^ValidatingAdmissionPolicy "slow": not done within/)
    expect(problems).toHaveLength(1)
  })
})

test('policies are taken from the base: a change that drops one is judged by it', async () => {
  const head = await repositoryOf({ 'objects.yaml': deployment('app:1') })
  const base = await repositoryOf({ 'policies.yaml': [policy('few', replicas), binding('few')].join('---\n') })
  expect((await judgeByUserPolicies(head, base)).problems).toHaveLength(1)
})

test('Kyverno’s ValidatingPolicy is in force without a binding', async () => {
  const spec = policy('few', replicas).replace(
    'admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy',
    'policies.kyverno.io/v1\nkind: ValidatingPolicy',
  )
  expect((await judge([spec], [deployment('app:1')])).problems).toEqual(['policy/few:7 "five are enough"'])
})

describe('a Kyverno ClusterPolicy', () => {
  const pod = (spec: string, labels = '{ app: web }') =>
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\n  labels: ${labels}\nspec: ${spec}\n`
  const rule = (validate: string, more = '', action = 'Enforce') =>
    `apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: { name: rules }\nspec:\n  validationFailureAction: ${action}\n  rules:\n    - name: one\n      match: { any: [{ resources: { kinds: [Pod] } }] }\n${more}      validate: { message: not so, ${validate} }\n`

  /** The pattern, a pod that fits and one that does not. */
  test.each([
    ['{ metadata: { labels: { app: "?*" } } }', pod('{}'), pod('{}', '{ other: a }')],
    [
      '{ spec: { containers: [{ image: "!*:latest" }] } }',
      pod('{ containers: [{ image: a:1 }] }'),
      pod('{ containers: [{ image: a:1 }, { image: a:latest }] }'),
    ],
    ['{ spec: { =(hostNetwork): false } }', pod('{}'), pod('{ hostNetwork: true }')],
    ['{ spec: { X(hostPath): "null" } }', pod('{}'), pod('{ hostPath: a }')],
    [
      '{ spec: { containers: [{ (name): "main*", resources: { limits: { memory: "<=1Gi" } } }] } }',
      pod('{ containers: [{ name: side }, { name: main-1, resources: { limits: { memory: 512Mi } } }] }'),
      pod('{ containers: [{ name: main, resources: { limits: { memory: 2Gi } } }] }'),
    ],
    [
      '{ spec: { ^(containers): [{ image: "a:*" }] } }',
      pod('{ containers: [{ image: b:1 }, { image: a:1 }] }'),
      pod('{ containers: [{ image: b:1 }] }'),
    ],
    ['{ spec: { priority: "1-5 | 10" } }', pod('{ priority: 3 }'), pod('{ priority: 7 }')],
    ['{ spec: { priority: ">1 & <5" } }', pod('{ priority: 3 }'), pod('{ priority: 5 }')],
    ['{ spec: { priority: "1!-5" } }', pod('{ priority: 9 }'), pod('{ priority: 3 }')],
  ])('asks for the pattern %s', async (pattern, fits, differs) => {
    expect(await judge([rule(`pattern: ${pattern}`)], [fits])).toEqual(none)
    expect((await judge([rule(`pattern: ${pattern}`)], [differs])).problems).toHaveLength(1)
  })

  test('points at the field that does not fit, and sees the pods of workloads', async () => {
    const found = await judge([rule('pattern: { spec: { containers: [{ image: "registry.example/*" }] } }')], [deployment('app:1')])
    expect(found).toEqual({ problems: ['policy/rules:13 "not so"'], gaps: [] })
  })

  test('is content with any of several patterns', async () => {
    const any = 'anyPattern: [{ spec: { hostPID: false } }, { spec: { hostIPC: false } }]'
    expect(await judge([rule(any)], [pod('{ hostPID: true, hostIPC: false }')])).toEqual(none)
    expect((await judge([rule(any)], [pod('{ hostPID: true, hostIPC: true }')])).problems).toHaveLength(1)
  })

  test('denies by conditions over the request', async () => {
    const deny = (key: string, operator: string, value: string) =>
      rule(`deny: { conditions: { any: [{ key: "{{ ${key} }}", operator: ${operator}, value: ${value} }] } }`)
    const images = pod('{ containers: [{ image: a:1 }, { image: b:1 }] }')
    expect((await judge([deny('request.object.spec.containers[].image', 'AnyNotIn', '["a:*"]')], [images])).problems).toHaveLength(1)
    expect(await judge([deny('request.object.spec.containers[].image', 'AnyNotIn', '["a:*", "b:*"]')], [images])).toEqual(none)
    expect((await judge([deny('request.operation', 'Equals', 'CREATE')], [images])).problems).toHaveLength(1)
    expect(await judge([deny('request.object.spec.priority || `0`', 'GreaterThan', '5')], [images])).toEqual(none)
  })

  test('audits without blocking, and leaves out what it excludes', async () => {
    const pattern = 'pattern: { spec: { hostPID: false } }'
    expect((await judge([rule(pattern, '', 'Audit')], [pod('{ hostPID: true }')])).problems[0]).toContain(' warn ')
    const excluded = '      exclude: { any: [{ resources: { namespaces: ["sh*"] } }] }\n'
    expect(await judge([rule(pattern, excluded)], [pod('{ hostPID: true }')])).toEqual(none)
  })

  test('can ask for a Pod Security Standard', async () => {
    const asks = (more: string) => rule(`podSecurity: { level: baseline, version: latest${more} }`)
    const found = await judge([asks('')], [pod('{ hostPID: true, containers: [] }'), deployment('app:1')])
    expect(found).toEqual({ problems: ['policy/rules:7 "not so": pod sets hostPID'], gaps: [] })
    const { gaps } = await judge([asks(', exclude: [{ controlName: Capabilities }]')], [pod('{ hostPID: true }')])
    expect(gaps[0]).toContain('podSecurity with exclude')
  })

  test('in a form that is not evaluated here is a gap that names it', async () => {
    const { gaps } = await judge([rule('foreach: []', '      context: [{ name: a }]\n')], [pod('{}')])
    expect(gaps).toEqual(['ClusterPolicy "rules" rule "one": not evaluated here: context'])
    const unknown = await judge(
      [rule('deny: { conditions: { any: [{ key: "{{ length(request.object.spec) }}", operator: Equals, value: 1 }] } }')],
      [pod('{}')],
    )
    expect(unknown.gaps[0]).toContain('{{ length(request.object.spec) }}')
  })
})

test('policies that the policy file names count beside those of the tree, once', async () => {
  const head = await repositoryOf({ 'objects.yaml': deployment('app:1') })
  const named = await repositoryOf({ 'policies.yaml': [policy('few', replicas), binding('few')].join('---\n') })
  const documents = named.objects.map(({ root }) => root)
  expect((await judgeByUserPolicies(head, undefined, { documents })).problems).toHaveLength(1)
  expect((await judgeByUserPolicies(head, named, { documents })).problems).toHaveLength(1)
})

test('a Gatekeeper constraint without its template is a gap, unless it only runs dry', async () => {
  const constraint =
    'apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: K8sRequiredLabels\nmetadata: { name: owner }\nspec: { enforcementAction: deny }\n'
  expect((await judge([constraint], [deployment('app:1')])).gaps).toEqual([
    'Gatekeeper constraint "K8sRequiredLabels/owner" is not evaluated here: its template is not in the tree',
  ])
  expect(await judge([constraint.replace('deny', 'dryrun')], [deployment('app:1')])).toEqual(none)
})
