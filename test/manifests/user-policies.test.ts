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

  test('that a binding names and the tree does not hold is a gap, unless it would only warn', async () => {
    const { gaps } = await judge([binding('few')], [deployment('app:1')])
    expect(gaps).toEqual(['ValidatingAdmissionPolicyBinding "few" is not evaluated here: its policy "few" is not in the tree'])
    expect(await judge([binding('few', 'validationActions: [Warn]')], [deployment('app:1')])).toEqual(none)
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

  test('knows custom resources by the plural of their definition', async () => {
    const definition =
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: people.example.com }\nspec: { group: example.com, names: { kind: Person, plural: people }, scope: Namespaced, versions: [] }\n'
    const person = 'apiVersion: example.com/v1\nkind: Person\nmetadata: { name: a }\nspec: { replicas: 7 }\n'
    const people = 'apiGroups: [example.com], apiVersions: [v1], operations: [CREATE], resources: [people]'
    const { problems } = await judge([policy('few', replicas, people), binding('few')], [definition, person])
    expect(problems).toEqual([expect.stringContaining('policy/few')])
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

  test('leaves out what one of its conditions excludes, whatever became of the others', async () => {
    const conditions = (second: string) =>
      `matchConditions:\n  - { name: fails, expression: object.spec.nothing == 1 }\n  - { name: second, expression: ${second} }\n${replicas}`
    expect(await judge([policy('few', conditions('"false"')), binding('few')], [deployment('app:1')])).toEqual(none)
    const { problems } = await judge([policy('few', conditions('"true"')), binding('few')], [deployment('app:1')])
    expect(problems).toEqual([expect.stringContaining('matchCondition "fails" cannot be evaluated')])
  })

  test('whose audit annotation fails refuses, unless failures are ignored', async () => {
    const annotations =
      'auditAnnotations:\n  - { key: few, valueExpression: object.spec.nothing }\n  - { key: name, valueExpression: object.metadata.name }'
    const { problems } = await judge([policy('few', annotations), binding('few')], [deployment('app:1')])
    expect(problems).toEqual([expect.stringContaining('auditAnnotation "few" cannot be evaluated')])
    expect(await judge([policy('few', `failurePolicy: Ignore\n${annotations}`), binding('few')], [deployment('app:1')])).toEqual(none)
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
    // What is not there is an empty text.
    expect((await judge([deny('request.object.spec.priority', 'Equals', '""')], [images])).problems).toHaveLength(1)
  })

  test('audits without blocking, and leaves out what it excludes', async () => {
    const pattern = 'pattern: { spec: { hostPID: false } }'
    expect((await judge([rule(pattern, '', 'Audit')], [pod('{ hostPID: true }')])).problems[0]).toContain(' warn ')
    const excluded = '      exclude: { any: [{ resources: { namespaces: ["sh*"] } }] }\n'
    expect(await judge([rule(pattern, excluded)], [pod('{ hostPID: true }')])).toEqual(none)
  })

  test('refuses in the namespaces where its action is another one', async () => {
    const few = (overrides: string) =>
      `apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: { name: few }\nspec:\n  validationFailureAction: Audit\n  validationFailureActionOverrides: [${overrides}]\n  rules: [{ name: one, match: { any: [{ resources: { kinds: [Deployment] } }] }, validate: { message: five, pattern: { spec: { replicas: "<=5" } } } }]\n`
    const problems = async (overrides: string) => (await judge([few(overrides)], [deployment('app:1')])).problems
    expect(await problems('{ action: Enforce, namespaces: ["sh*"] }')).toEqual(['policy/few:7 "five"'])
    expect(await problems('{ action: Enforce, namespaces: [other] }')).toEqual(['policy/few:7 warn "five"'])
    // The namespace is not in the tree: it may have the label.
    expect(await problems('{ action: Enforce, namespaceSelector: { matchLabels: { stage: production } } }')).toEqual([
      'policy/few:7 "five"',
    ])
    expect(await problems('{ action: Audit, namespaces: [shop] }, { action: Enforce, namespaces: ["*"] }')).toEqual([
      'policy/few:7 warn "five"',
    ])
  })

  test('can ask for a Pod Security Standard', async () => {
    const asks = (more: string) => rule(`podSecurity: { level: baseline, version: latest${more} }`)
    const found = await judge([asks('')], [pod('{ hostPID: true, containers: [] }'), deployment('app:1')])
    expect(found).toEqual({ problems: ['policy/rules:7 "not so": pod sets hostPID'], gaps: [] })
  })

  test('can leave a control of the standard out, for images and values', async () => {
    const asks = (exclude: string) => rule(`podSecurity: { level: baseline, version: latest, exclude: [{ ${exclude} }] }`)
    const added = pod('{ containers: [{ image: "a:1", securityContext: { capabilities: { add: [NET_ADMIN] } } }] }')
    const field = 'spec.containers[*].securityContext.capabilities.add'
    const problems = async (exclude: string) => (await judge([asks(exclude)], [added])).problems.length
    expect(await problems('controlName: Seccomp')).toBe(1)
    // Without images, the fields of the pod alone.
    expect(await problems('controlName: Capabilities')).toBe(1)
    expect(await problems('controlName: Capabilities, images: ["b:*"]')).toBe(1)
    expect(await problems('controlName: Capabilities, images: ["a:*"]')).toBe(0)
    expect(await problems(`controlName: Capabilities, images: ["*"], restrictedField: "${field}", values: [NET_ADMIN]`)).toBe(0)
    expect(await problems(`controlName: Capabilities, images: ["*"], restrictedField: "${field}", values: [SYS_TIME]`)).toBe(1)
    expect((await judge([asks('controlName: Host Namespaces')], [pod('{ hostPID: true, containers: [] }')])).problems).toEqual([])
    expect((await judge([asks('controlName: Unheard')], [added])).gaps[0]).toContain('podSecurity without the control Unheard')
  })

  test('in a form that is not evaluated here is a gap that names it', async () => {
    const gapsOf = async (validate: string, more = '') => (await judge([rule(validate, more)], [pod('{}')])).gaps
    const denies = (key: string) => `deny: { conditions: { any: [{ key: "${key}", operator: Equals, value: 1 }] } }`
    const named = 'ClusterPolicy "rules" rule "one": not evaluated here: '
    expect(await gapsOf('foreach: []')).toEqual([`${named}foreach without an entry`])
    expect(await gapsOf('assert: {}')).toEqual([`${named}assert`])
    expect(await gapsOf('other: {}')).toEqual([`${named}validate without deny, pattern or anyPattern`])
    expect(await gapsOf('pattern: { spec: { a: "$(b)" } }')).toEqual([`${named}references $() in a pattern`])
    expect((await gapsOf(denies('{{ time_now() }}')))[0]).toContain(`${named}expression {{ time_now() }}: Unknown function: time_now()`)
    expect((await gapsOf(denies('{{ length(request.object.spec.none) }}')))[0]).toContain('{{ length(request.object.spec.none) }}')
    expect(await gapsOf(denies('{{ request.userInfo.username }}'))).toEqual([`${named}request.userInfo is known in a cluster alone`])
    const call = '      context: [{ name: pods, apiCall: { urlPath: /api/v1/pods } }]\n'
    expect(await gapsOf(denies('{{ length(pods) }}'), call)).toEqual([`${named}context "pods": apiCall`])
    // As in Kyverno, what no expression names is not asked for.
    expect(await gapsOf(denies('{{ request.object.spec.pods || `2` }}'), call)).toEqual([])
  })

  describe('over each element of a list', () => {
    const two = pod(
      '\n  initContainers:\n    - { name: init, image: "a:1" }\n  containers:\n    - { name: one, image: "a:1" }\n    - { name: two, image: "b:latest" }',
    )

    test.each([
      [
        'list: request.object.spec.containers, deny: { conditions: { any: [{ key: "{{ element.image }}", operator: Equals, value: "*:latest" }] } }',
      ],
      ['list: "request.object.spec.[initContainers, ephemeralContainers, containers][]", pattern: { image: "!*:latest" }'],
      ['list: request.object.spec.containers, anyPattern: [{ image: "a:*" }, { name: three }]'],
      [
        `list: "request.object.spec.containers[?name != 'one']", preconditions: { all: [{ key: "{{ element.name }}", operator: AnyIn, value: [two, three] }] }, deny: { conditions: [{ key: "{{ regex_match('^[^:]+:latest$', '{{ element.image }}') }}", operator: Equals, value: true }] }`,
      ],
      [
        'list: "[request.object.spec.containers]", foreach: [{ list: element0, deny: { conditions: [{ key: "{{ contains(element1.image, \':latest\') }}", operator: Equals, value: true }] } }]',
      ],
    ])('asks %s', async (entry) => {
      const { problems, gaps } = await judge([rule(`foreach: [{ ${entry} }]`)], [two])
      expect(gaps).toEqual([])
      expect(problems).toHaveLength(1)
      // The element, or its field that does not fit.
      expect(problems[0]).toMatch(/^policy\/rules:12 /)
    })

    test('is content without the list, or where its expression fails', async () => {
      const over = (list: string) => rule(`foreach: [{ list: ${list}, pattern: { image: "c:*" } }]`)
      expect(await judge([over('request.object.spec.ephemeralContainers')], [two])).toEqual(none)
      expect(await judge([over('"sort_by(request.object.spec.ephemeralContainers, &name)"')], [two])).toEqual(none)
      expect((await judge([over('"unheard_of(request.object.spec.containers)"')], [two])).gaps[0]).toContain(
        'Unknown function: unheard_of()',
      )
    })

    test('takes a single value for a list of it', async () => {
      expect(
        (await judge([rule('foreach: [{ list: "request.object.spec.containers[0]", pattern: { image: "c:*" } }]')], [two])).problems,
      ).toEqual(['policy/rules:11 "not so"'])
    })

    test('is not asked where its precondition fails over the object', async () => {
      const own = (where: string) =>
        `{ all: [{ key: "{{ request.object.spec.${where}[?hostPath] | length(@) }}", operator: GreaterThan, value: 0 }] }`
      const asks = (precondition: string) => rule(`deny: {}`, `      preconditions: ${precondition}\n`)
      expect(await judge([asks(own('volumes'))], [two])).toEqual(none)
      // In a denial itself, an error of the rule refuses in a cluster.
      expect((await judge([rule(`deny: { conditions: ${own('volumes')} }`)], [two])).gaps[0]).toContain('Invalid type: length()')
    })

    test('shows the element in the message', async () => {
      const { problems } = await judge(
        [
          rule('foreach: [{ list: request.object.spec.containers, pattern: { image: "a:*" } }]').replace(
            'not so',
            '"{{ element.name }} has {{element.image}}"',
          ),
        ],
        [two],
      )
      expect(problems).toEqual(['policy/rules:12 "two has b:latest"'])
    })
  })

  describe('with a context', () => {
    const allowed =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: allowed, namespace: kyverno }\ndata: { teams: "[\\"red\\", \\"blue\\"]" }\n'
    const team = (name: string) => pod('{}', `{ app: web, team: ${name} }`)
    const among = (value: string) =>
      `deny: { conditions: { all: [{ key: "{{ request.object.metadata.labels.team }}", operator: AnyNotIn, value: "${value}" }] } }`

    test('of a ConfigMap of the tree', async () => {
      const own = rule(
        among('{{ parse_json(teams.data.teams) }}'),
        '      context: [{ name: teams, configMap: { name: allowed, namespace: kyverno } }]\n',
      )
      expect(await judge([own, allowed], [team('red')])).toEqual(none)
      expect((await judge([own, allowed], [team('green')])).problems).toHaveLength(1)
      expect((await judge([own], [team('red')])).gaps[0]).toContain('context "teams": the ConfigMap "kyverno/allowed" is not in the tree')
    })

    test('of a variable that fails, in the place of which its default is', async () => {
      const asks = (more: string) =>
        rule(
          'deny: { conditions: { all: [{ key: "{{ count }}", operator: Equals, value: 7 }] } }',
          `      context: [{ name: count, variable: { jmesPath: length(request.object.spec.none)${more} } }]\n`,
        )
      expect((await judge([asks(', default: 7')], [team('red')])).problems).toHaveLength(1)
      expect((await judge([asks('')], [team('red')])).gaps[0]).toContain(
        'context "count": expression {{ length(request.object.spec.none) }}',
      )
    })

    test('of variables, one by the other', async () => {
      const context =
        '      context:\n        - { name: known, variable: { value: [red, blue] } }\n        - { name: loud, variable: { jmesPath: "known[].to_upper(@)" } }\n        - { name: none, variable: { jmesPath: request.object.spec.none, default: 3 } }\n'
      const own = rule(
        'deny: { conditions: { any: [{ key: "{{ to_upper(request.object.metadata.labels.team) }}", operator: AnyNotIn, value: "{{ loud }}" }, { key: "{{ none }}", operator: GreaterThan, value: 3 }] } }',
        context,
      )
      expect(await judge([own], [team('red')])).toEqual(none)
      expect((await judge([own], [team('green')])).problems).toHaveLength(1)
    })
  })

  test('lays patterns with variables beside the object', async () => {
    const own = rule(
      'pattern: { spec: { hostname: "{{ request.object.metadata.name }}-?*", priority: "<={{ request.object.spec.most }}" } }',
    )
    expect(await judge([own], [pod('{ hostname: web-1, priority: 3, most: 4 }')])).toEqual(none)
    expect((await judge([own], [pod('{ hostname: other, priority: 3, most: 4 }')])).problems).toHaveLength(1)
    expect((await judge([own], [pod('{ hostname: web-1, priority: 3 }')])).gaps[0]).toContain('has no value')
    const whole = rule('pattern: { spec: { hostname: "{{ request.object.spec.most }}" } }')
    expect((await judge([whole], [pod('{}')])).gaps[0]).toContain('has no value')
  })

  test('says a gap where a value of the object would be read as an expression', async () => {
    const own = rule(
      "deny: { conditions: { any: [{ key: \"{{ contains('{{ request.object.spec.hostname }}', 'bad') }}\", operator: Equals, value: true }] } }",
    )
    expect((await judge([own], [pod('{ hostname: bad-1 }')])).problems).toHaveLength(1)
    for (const hostile of [`"x', 'y') || contains('bad"`, '"{{ request.name }}"'])
      expect((await judge([own], [pod(`{ hostname: ${hostile} }`)])).gaps[0]).toContain('would be read as an expression')
  })

  test('knows the parts of images', async () => {
    const from = (path: string, value: string) =>
      rule(`deny: { conditions: { any: [{ key: "{{ images.${path} }}", operator: AnyNotIn, value: ${value} }] } }`)
    const images = pod(
      `{ initContainers: [{ name: init, image: nginx }], containers: [{ name: one, image: "ghcr.io/acme/shop:1" }, { name: two, image: "acme/api@sha256:${'a'.repeat(64)}" }] }`,
    )
    expect(await judge([from('containers.*.registry', '[ghcr.io, docker.io]')], [images])).toEqual(none)
    expect((await judge([from('containers.*.registry', '[ghcr.io]')], [images])).problems).toHaveLength(1)
    expect(await judge([from('containers.one.path', 'acme/shop')], [images])).toEqual(none)
    expect(
      await judge(
        [from("containers.two.[name, tag || 'none', reference] | []", `[api, none, "docker.io/acme/api@sha256:${'a'.repeat(64)}"]`)],
        [images],
      ),
    ).toEqual(none)
    expect(await judge([from('initContainers.init.[path, tag] | []', '[nginx, latest]')], [images])).toEqual(none)
    const deployed = from('containers.*.path | []', '[acme/web]').replace('[Pod]', '[Deployment]')
    expect((await judge([deployed], [deployment('app:1')])).problems).toHaveLength(1)
    expect((await judge([from('containers', '[]')], [pod('{ containers: [{ name: a, image: "A b" }] }')])).gaps[0]).toContain(
      'is not an image reference',
    )
  })

  test('runs expressions in CEL', async () => {
    const cel = rule(
      'cel: { expressions: [{ expression: "object.spec.?hostPID.orValue(false) == variables.allowed", message: no host }], variables: [{ name: allowed, expression: "false" }] }',
    )
    expect(await judge([cel], [pod('{}')])).toEqual(none)
    expect((await judge([cel], [pod('{ hostPID: true }')])).problems).toEqual(['policy/rules:7 "no host"'])
    const onlyOthers = rule(
      'cel: { expressions: [{ expression: "false" }] }',
      '      celPreconditions: [{ name: others, expression: "object.metadata.name != \'web\'" }]\n',
    )
    expect(await judge([onlyOthers], [pod('{}')])).toEqual(none)
    expect((await judge([rule('cel: { paramKind: { kind: A }, expressions: [] }')], [pod('{}')])).gaps[0]).toContain('cel with paramKind')
  })

  test('beyond a bound is a gap that names it', async () => {
    const gapOf = async (validate: string, spec = '{}') => (await judge([rule(validate)], [pod(spec)])).gaps[0]
    const pattern = (text: string) => `pattern: { spec: { a: "${text}" } }`
    expect(await gapOf(pattern('{{ request.name }} '.repeat(65)))).toContain('more than 64 variables in a text')
    expect(await gapOf(pattern(`${"{{ to_upper('".repeat(6)}a${"') }}".repeat(6)}`))).toContain('variables within variables')
    const loops = (depth: number): string => `foreach: [{ list: "['a']", ${depth === 0 ? 'deny: {}' : loops(depth - 1)} }]`
    expect((await judge([rule(loops(3))], [pod('{}')])).problems).toHaveLength(1)
    expect(await gapOf(loops(4))).toContain('foreach more than 4 deep')
    const long = pattern("{{ replace_all(request.object.spec.a, 'a', request.object.spec.a) }}")
    expect(await gapOf(long, `{ a: ${'a'.repeat(2000)} }`)).toContain('text of more than 1 MiB')
  })

  test('whose expression would run for minutes is a gap', async () => {
    const own = rule(
      'deny: { conditions: { any: [{ key: "{{ regex_match(\'^(a+)+$\', request.object.spec.hostname) }}", operator: Equals, value: true }] } }',
    )
    expect((await judge([own], [pod(`{ hostname: ${'a'.repeat(60)}b }`)])).gaps[0]).toContain('not done within')
  })
})

test('a policy over signatures is a gap, unless the policy file names it', async () => {
  const verifying = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: signed }
spec: { rules: [{ name: r, match: { any: [{ resources: { kinds: [Pod] } }] }, verifyImages: [{ imageReferences: ["*"] }] }] }
`
  const validating = 'apiVersion: policies.kyverno.io/v1\nkind: ImageValidatingPolicy\nmetadata: { name: signed }\nspec: {}\n'
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: {}\n'
  const head = await repositoryOf({ 'objects.yaml': [pod, verifying, validating].join('---\n') })
  const documents = head.objects.slice(1).map(({ root }) => root)
  const { gaps } = await judgeByUserPolicies(head)
  expect(gaps.map(({ subject, message }) => `${subject}: ${message.split(':')[0]}`)).toEqual([
    'ClusterPolicy/signed: verifyImages of a ClusterPolicy is not asked from the tree',
    'ImageValidatingPolicy/signed: ImageValidatingPolicy is not asked from the tree',
  ])
  expect(await judgeByUserPolicies(head, undefined, { documents })).toEqual(none)
})

test('policies that the policy file names count beside those of the tree, once', async () => {
  const head = await repositoryOf({ 'objects.yaml': deployment('app:1') })
  const named = await repositoryOf({ 'policies.yaml': [policy('few', replicas), binding('few')].join('---\n') })
  const documents = named.objects.map(({ root }) => root)
  expect((await judgeByUserPolicies(head, undefined, { documents })).problems).toHaveLength(1)
  expect((await judgeByUserPolicies(head, named, { documents })).problems).toHaveLength(1)
})

describe('a policy for namespaces of some labels', () => {
  const selector = 'namespaceSelector: { matchLabels: { stage: production } }'
  const namespace = (labels: string) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { ${labels} } }\n`
  const kyverno = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: few }
spec:
  validationFailureAction: Enforce
  rules:
    - name: one
      match: { any: [{ resources: { kinds: [Deployment], ${selector} } }] }
      validate: { message: five are enough, pattern: { spec: { replicas: "<=5" } } }
`
  const gatekeeper = `apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata: { name: few }
spec:
  crd: { spec: { names: { kind: Few } } }
  targets:
    - target: admission.k8s.gatekeeper.sh
      code: [{ engine: K8sNativeValidation, source: { validations: [{ expression: variables.anyObject.spec.replicas <= 5 }] } }]
---
apiVersion: constraints.gatekeeper.sh/v1beta1
kind: Few
metadata: { name: few }
spec: { match: { kinds: [{ apiGroups: [apps], kinds: [Deployment] }], ${selector} } }
`
  const admission = [policy('few', replicas), binding('few', `matchResources: { ${selector} }`)].join('---\n')

  test.each([
    ['ValidatingAdmissionPolicy', admission],
    ['Kyverno', kyverno],
    ['Gatekeeper', gatekeeper],
  ])('of %s refuses where they are known, and is a gap where they decide and are not known', async (_, text) => {
    const deployments = [deployment('app:1')]
    expect((await judge([text, namespace('stage: production')], deployments)).problems).toHaveLength(1)
    expect(await judge([text, namespace('stage: test')], deployments)).toEqual(none)
    const { problems, gaps } = await judge([text], deployments)
    expect(problems).toEqual([])
    expect(gaps).toEqual([expect.stringContaining('it depends on the labels of namespace "shop", which the tree does not hold')])
    // Whatever the labels are, this one is not refused.
    expect(await judge([text], [deployment('app:1').replace('replicas: 7', 'replicas: 3')])).toEqual(none)
    // The name of a namespace is always known.
    const named = text.replace('stage: production', 'stage: production, kubernetes.io/metadata.name: other')
    expect(await judge([named], deployments)).toEqual(none)
  })
})

test('a Gatekeeper constraint without its template is a gap, unless it only runs dry', async () => {
  const constraint =
    'apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: K8sRequiredLabels\nmetadata: { name: owner }\nspec: { enforcementAction: deny }\n'
  expect((await judge([constraint], [deployment('app:1')])).gaps).toEqual([
    'Gatekeeper constraint "K8sRequiredLabels/owner" is not evaluated here: its template is not in the tree',
  ])
  expect(await judge([constraint.replace('deny', 'dryrun')], [deployment('app:1')])).toEqual(none)
})
