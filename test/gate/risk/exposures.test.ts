import { describe, expect, test } from 'vitest'
import type { Exposure, PodExposure } from '../../../src/gate/risk/exposure.ts'
import { type Exposures, exposuresOf } from '../../../src/gate/risk/exposures.ts'
import { treeFacts } from '../../../src/manifests/tree-facts.ts'
import type { Policy } from '../../../src/policy/policy.ts'
import type { ImageUse } from '../../../src/repo/repository.ts'
import { repositoryOf } from '../../manifests/fixture.ts'

async function exposures(
  documents: readonly string[],
  policy: Pick<Policy, 'namespaces'> = {},
): Promise<Exposures & { uses: readonly ImageUse[] }> {
  const repository = await repositoryOf({ 'all.yaml': documents.join('---\n') })
  return { ...exposuresOf(repository, treeFacts(repository), policy), uses: repository.imageUses }
}

function pod(spec: string, { name = 'web', namespace = 'shop' } = {}): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name} } }\nspec: { ${spec} }\n`
}

const container = (more = '') => `containers: [{ name: main, image: 'ghcr.io/acme/shop:1', ports: [{ containerPort: 8080 }]${more} }]`

async function podExposure(...documents: readonly string[]): Promise<PodExposure | undefined> {
  return (await exposures(documents)).ofObject('Pod/shop/web')?.pod
}

function service(spec: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }], ${spec} }\n`
}

const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: door, namespace: shop }
spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
`
const route = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: road, namespace: shop }
spec: { rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
`
const virtualService = (spec: string, name = 'road') =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name}, namespace: shop }\nspec: { ${spec} }\n`
const toWeb = 'http: [{ route: [{ destination: { host: web, port: { number: 80 } } }] }]'
const policy = (spec: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: web, namespace: shop }\nspec: { podSelector: { matchLabels: { app: web } }, ${spec} }\n`

describe('from outside', () => {
  test.each([
    ['an Ingress leads', [service('type: ClusterIP'), ingress], ['Ingress/shop/door']],
    ['a route of a Gateway leads', [service('type: ClusterIP'), route], ['HTTPRoute/shop/road']],
    ['a LoadBalancer leads', [service('type: LoadBalancer')], ['Service/shop/web (LoadBalancer)']],
    ['a NodePort leads', [service('type: NodePort')], ['Service/shop/web (NodePort)']],
    ['external addresses lead', [service('externalIPs: [192.0.2.1]')], ['Service/shop/web (externalIPs)']],
    ['a gateway of Istio leads', [service('type: ClusterIP'), virtualService(`gateways: [edge], ${toWeb}`)], ['VirtualService/shop/road']],
    [
      'a gateway of Istio leads by the whole name, in TCP',
      [
        service('type: ClusterIP'),
        virtualService('gateways: [mesh, infra/edge], tcp: [{ route: [{ destination: { host: web.shop.svc.cluster.local } }] }]'),
      ],
      ['VirtualService/shop/road'],
    ],
    [
      'a gateway of Istio leads by a delegate',
      [
        service('type: ClusterIP'),
        virtualService('gateways: [edge], http: [{ delegate: { name: branch } }]'),
        virtualService(toWeb, 'branch'),
      ],
      ['VirtualService/shop/branch'],
    ],
    ['a VirtualService of the mesh does not', [service('type: ClusterIP'), virtualService(toWeb)], []],
    [
      'a VirtualService that sends elsewhere does not',
      [service('type: ClusterIP'), virtualService(`gateways: [edge], ${toWeb.replace('web', 'web.other.svc.cluster.local')}`)],
      [],
    ],
    ['a Service of the cluster alone does not', [service('type: ClusterIP')], []],
    [
      'a policy that allows other pods alone refuses it',
      [service('type: LoadBalancer'), policy('ingress: [{ from: [{ podSelector: {} }] }]')],
      [],
    ],
    [
      'a policy that allows an address block lets it in',
      [service('type: LoadBalancer'), policy('ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }]')],
      ['Service/shop/web (LoadBalancer)'],
    ],
  ])('%s', async (_, documents, expected) => {
    expect((await podExposure(pod(container()), ...documents))?.entrances).toEqual(expected)
  })

  test.each([
    ['leads', 'hostPort: 9080', [], ['port 9080 of its node']],
    ['of 0 is none', 'hostPort: 0', [], []],
    ['is refused by a policy', 'hostPort: 9080', [policy('policyTypes: [Ingress]')], []],
  ])('a port of the node %s', async (_, port, others, expected) => {
    const ports = `containers: [{ name: main, image: 'ghcr.io/acme/shop:1', ports: [{ containerPort: 8080, ${port} }] }]`
    expect((await podExposure(pod(ports), ...others))?.entrances).toEqual(expected)
  })

  test('the network of the node is open, whatever a policy says', async () => {
    const found = await podExposure(pod(`hostNetwork: true, ${container()}`), policy('policyTypes: [Ingress, Egress]'))
    expect([found?.entrances, found?.isolated]).toEqual([['the network of its node'], []])
  })
})

describe('a Compose service', () => {
  const compose = async (...services: readonly string[]) => {
    const repository = await repositoryOf({ 'compose.yaml': `services:\n${services.map((text) => `  ${text}\n`).join('')}` })
    return { ...exposuresOf(repository, treeFacts(repository), {}), uses: repository.imageUses }
  }

  test.each([
    ['"8080:80"', ['port 8080 of its host']],
    ['"80"', ['a port of its host']],
    ['80', ['a port of its host']],
    ['"9090-9091:8080-8081/udp"', ['port 9090-9091 of its host']],
    ['"192.0.2.1:8080:80"', ['port 8080 of its host']],
    ['"[::]:8080:80"', ['port 8080 of its host']],
    ['"$PORT:80"', ['a port of its host']],
    [`"\${PORT:-8080}:80"`, ['a port of its host']],
    ['{ target: 80, published: "8080" }', ['port 8080 of its host']],
    ['"127.0.0.1:8080:80"', []],
    ['"127.0.0.1::80"', []],
    ['"[::1]:8080:80"', []],
    ['{ target: 80, published: 8080, host_ip: 127.0.0.1 }', []],
  ])('that publishes %s is reached from outside as that says', async (port, expected) => {
    const { ofObject } = await compose(`web: { image: 'ghcr.io/acme/shop:1', ports: [${port}] }`)
    expect(ofObject('compose.yaml')?.pod?.entrances).toEqual(expected)
  })

  test('has the privileges that it is given, and no rights of a cluster', async () => {
    const { ofObject } = await compose(
      `web: { image: 'ghcr.io/acme/shop:1', user: "0:0", network_mode: host, privileged: true, cap_add: [CAP_SYS_ADMIN], volumes: ['/var/run/docker.sock:/s', './d:/d:ro'], secrets: [db, { source: key }] }`,
    )
    expect(ofObject('compose.yaml')).toEqual({
      subject: 'service web of compose.yaml',
      namespace: '',
      importance: 'normal',
      isImportanceKnown: false,
      pod: {
        entrances: ['the network of its host'],
        privileges: [
          { privilege: 'privileged', what: 'privileged' },
          { privilege: 'host-namespace', what: 'network_mode of its host' },
          { privilege: 'runtime-socket', what: "the runtime's socket /var/run/docker.sock" },
          { privilege: 'host-path', what: './d of its host' },
          { privilege: 'strong-capability', what: 'SYS_ADMIN' },
          { privilege: 'root', what: 'user 0' },
        ],
        rights: { level: 'none', account: '', what: '', isKnown: true },
        secrets: ['db', 'key'],
      },
    })
  })

  test('runs its own image alone, and the worst of the file counts for the file', async () => {
    const { uses, ofUses, ofObject } = await compose(
      `db: { image: 'ghcr.io/acme/db:1', user: "70" }`,
      `web: { image: 'ghcr.io/acme/shop:1', ports: ["80:80"] }`,
    )
    const places = uses.map((use) => ofUses([use])?.subject)
    expect(places).toEqual(['service db of compose.yaml', 'service web of compose.yaml'])
    expect([ofUses(uses)?.subject, ofObject('compose.yaml')?.subject]).toEqual([
      'service web of compose.yaml',
      'service web of compose.yaml',
    ])
  })
})

test.each([
  ['both ways', 'policyTypes: [Ingress, Egress]', ['ingress', 'egress']],
  ['one way', 'policyTypes: [Egress]', ['egress']],
])('a policy isolates %s', async (_, spec, expected) => {
  expect((await podExposure(pod(container()), policy(spec)))?.isolated).toEqual(expected)
})

describe('privileges', () => {
  const restricted = 'securityContext: { runAsNonRoot: true }'
  test.each([
    ['none', `${restricted}, ${container()}`, []],
    ['a privileged container', `${restricted}, ${container(', securityContext: { privileged: true }')}`, [['privileged', 'privileged']]],
    ['of the node’s processes', `hostPID: true, ${restricted}, ${container()}`, [['host-namespace', 'hostPID']]],
    [
      'capabilities, by either name',
      `${restricted}, ${container(', securityContext: { capabilities: { add: [CAP_SYS_ADMIN, CHOWN, NET_BIND_SERVICE] } }')}`,
      [
        ['strong-capability', 'SYS_ADMIN'],
        ['capability', 'CHOWN'],
      ],
    ],
    [
      'the socket of the runtime',
      `${restricted}, ${container()}, volumes: [{ name: a, hostPath: { path: /run/containerd/containerd.sock } }]`,
      [['runtime-socket', "the runtime's socket /run/containerd/containerd.sock"]],
    ],
    [
      'a path of the node, read-only',
      `${restricted}, ${container(', volumeMounts: [{ name: a, mountPath: /logs, readOnly: true }]')}, volumes: [{ name: a, hostPath: { path: /var/log } }]`,
      [['host-path', '/var/log of the node']],
    ],
    [
      'a path of the node',
      `${restricted}, ${container(', volumeMounts: [{ name: a, mountPath: /logs }]')}, volumes: [{ name: a, hostPath: { path: /var/log } }]`,
      [['host-path-writable', '/var/log of the node']],
    ],
    ['user 0', `securityContext: { runAsUser: 0 }, ${container()}`, [['root', 'user 0']]],
    ['perhaps root', container(), [['possible-root', 'nothing keeps it from running as root']]],
    [
      'a container’s own user counts before its pod’s',
      `securityContext: { runAsUser: 0 }, ${container(', securityContext: { runAsUser: 1000 }')}`,
      [],
    ],
    [
      'an init container counts too',
      `${restricted}, initContainers: [{ name: first, securityContext: { privileged: true } }], ${container()}`,
      [['privileged', 'privileged']],
    ],
  ])('%s', async (_, spec, expected) => {
    const found = await podExposure(pod(spec))
    expect(found?.privileges.map(({ privilege, what }) => [privilege, what])).toEqual(expected)
  })
})

describe('rights', () => {
  const binding = (role: string, subject = '{ kind: ServiceAccount, name: default }', kind = 'RoleBinding') =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: { name: b${kind === 'RoleBinding' ? ', namespace: shop' : ''} }\nroleRef: { kind: ${role.split('/')[0]}, name: ${role.split('/')[1]} }\nsubjects: [${subject}]\n`
  const role = (rules: string) =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: r, namespace: shop }\nrules: [${rules}]\n`
  const rights = async (spec: string, ...documents: readonly string[]) => {
    const found = (await podExposure(pod(`${spec}${container()}`), ...documents))?.rights
    return found && [found.level, found.what, found.isKnown]
  }

  test.each([
    ['no binding names the account', '', [], ['token', 'has a token mounted, and no binding of the tree names it', false]],
    [
      'the pod mounts no token',
      'automountServiceAccountToken: false, ',
      [binding('ClusterRole/cluster-admin')],
      ['none', 'has no token mounted', true],
    ],
    [
      'the account mounts none',
      '',
      ['apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: default, namespace: shop }\nautomountServiceAccountToken: false\n'],
      ['none', 'has no token mounted', true],
    ],
    [
      'a volume brings the token after all',
      'automountServiceAccountToken: false, volumes: [{ name: t, projected: { sources: [{ serviceAccountToken: { path: t } }] } }], ',
      [binding('ClusterRole/view')],
      ['some', 'has rights by ClusterRole/view in namespace shop', true],
    ],
    [
      'cluster-admin',
      '',
      [binding('ClusterRole/cluster-admin', '{ kind: ServiceAccount, name: default, namespace: shop }', 'ClusterRoleBinding')],
      ['everything', 'may do everything by ClusterRole/cluster-admin', true],
    ],
    [
      'by the groups of all accounts',
      '',
      [binding('ClusterRole/edit', '{ kind: Group, name: "system:serviceaccounts:shop" }')],
      ['more', 'has rights that lead to more by ClusterRole/edit in namespace shop', true],
    ],
    [
      'by its user name',
      '',
      [binding('ClusterRole/view', '{ kind: User, name: "system:serviceaccount:shop:default" }')],
      ['some', 'has rights by ClusterRole/view in namespace shop', true],
    ],
    [
      'another account’s are not its own',
      '',
      [binding('ClusterRole/cluster-admin', '{ kind: ServiceAccount, name: other }')],
      ['token', 'has a token mounted, and no binding of the tree names it', false],
    ],
    [
      'a role that the tree does not have',
      '',
      [binding('Role/r')],
      ['some', 'has rights by Role/shop/r, which the tree does not have', false],
    ],
    [
      'wildcards',
      '',
      [binding('Role/r'), role("{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }")],
      ['everything', 'may do everything by Role/shop/r', true],
    ],
    [
      'all Secrets',
      '',
      [binding('Role/r'), role("{ apiGroups: [''], resources: [secrets], verbs: [list] }")],
      ['more', 'has rights that lead to more by Role/shop/r', true],
    ],
    [
      'one Secret',
      '',
      [binding('Role/r'), role("{ apiGroups: [''], resources: [secrets], resourceNames: [a], verbs: [get] }")],
      ['some', 'has rights by Role/shop/r', true],
    ],
    [
      'starting pods',
      '',
      [binding('Role/r'), role("{ apiGroups: [''], resources: [pods], verbs: [create] }")],
      ['more', 'has rights that lead to more by Role/shop/r', true],
    ],
  ])('%s', async (_, spec, documents, expected) => {
    expect(await rights(spec, ...documents)).toEqual(expected)
  })
})

test('Secrets are found in volumes and in the environment', async () => {
  const found = await podExposure(
    pod(
      `${container(', env: [{ name: A, valueFrom: { secretKeyRef: { name: one, key: k } } }], envFrom: [{ secretRef: { name: two } }, { configMapRef: { name: no } }]')}, volumes: [{ name: a, secret: { secretName: three } }, { name: b, projected: { sources: [{ secret: { name: four } }] } }]`,
    ),
  )
  expect(found?.secrets).toEqual(['four', 'one', 'three', 'two'])
})

describe('an image', () => {
  const uses = async (documents: readonly string[], namespaces: Policy['namespaces'] = []) => {
    const found = await exposures(documents, { namespaces })
    return found.ofUses(found.uses)
  }

  test('runs in the worst of its workloads', async () => {
    const documents = [
      pod(container(), { name: 'a' }),
      pod(`hostPID: true, ${container()}`, { name: 'b' }),
      pod(container(), { name: 'c' }),
    ]
    expect((await uses(documents))?.subject).toBe('Pod/shop/b')
  })

  test('runs in the namespace that matters most, all else being equal', async () => {
    const documents = [pod(container(), { namespace: 'test' }), pod(container(), { namespace: 'payments' })]
    expect(await uses(documents, [{ names: ['pay*'], importance: 'critical' }])).toMatchObject({
      ...{ subject: 'Pod/payments/web', importance: 'critical', isImportanceKnown: true },
    } satisfies Partial<Exposure>)
  })

  test('that only a Dockerfile begins with runs nowhere', async () => {
    const repository = await repositoryOf({ Dockerfile: 'FROM ghcr.io/acme/shop:1\n' })
    const { ofUses } = exposuresOf(repository, treeFacts(repository), {})
    expect([repository.imageUses.length, ofUses(repository.imageUses)]).toEqual([1, undefined])
  })
})

test('an object that runs nothing itself counts where the workload behind it runs', async () => {
  const role = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: r, namespace: shop }\nrules: []\n'
  const bound =
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: b, namespace: shop }\nroleRef: { kind: Role, name: r }\nsubjects: [{ kind: ServiceAccount, name: default }]\n'
  const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: default, namespace: shop }\n'
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: key, namespace: shop }\n'
  const other = 'apiVersion: v1\nkind: Service\nmetadata: { name: other, namespace: shop }\nspec: { selector: { app: other } }\n'
  const objects = [service('type: ClusterIP'), ingress, policy('ingress: [{}]'), role, bound, account, secret, other]
  const found = await exposures([pod(`${container()}, volumes: [{ name: a, secret: { secretName: key } }]`), ...objects])
  const behind = (subject: string) => found.ofObject(subject)?.subject
  expect(
    [
      'Service/shop/web',
      'Ingress/shop/door',
      'NetworkPolicy/shop/web',
      'Role/shop/r',
      'RoleBinding/shop/b',
      'ServiceAccount/shop/default',
      'Secret/shop/key',
    ].map(behind),
  ).toEqual(Array.from({ length: 7 }, () => 'Pod/shop/web'))
  expect(behind('Service/shop/other')).toBe('Service/shop/other')
})

test('an object that is behind itself by its name ends', async () => {
  const kind = 'apiVersion: example.com/v1\nkind: Secret\nmetadata: { name: a, namespace: shop }\n'
  const template = `template: { spec: { ${container()}, volumes: [{ name: a, secret: { secretName: a } }] } }\n`
  const { objects } = await repositoryOf({
    'all.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: shop }\n---\n${kind}${template}`,
  })
  const repository = { objects: objects.map((object) => ({ ...object, podTemplates: [['template']] })) }
  const { ofObject } = exposuresOf(repository, treeFacts(repository), {})
  expect([treeFacts(repository).pods.length, ofObject('Secret/shop/a')?.pod?.secrets]).toEqual([1, ['a']])
})

test('an object that runs nothing has the importance of its namespace', async () => {
  const { ofObject } = await exposures(['apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: shop }\n'], {
    namespaces: [
      { names: ['shop'], importance: 'high' },
      { names: ['*'], importance: 'low' },
    ],
  })
  expect([ofObject('ConfigMap/shop/a'), ofObject('ConfigMap/shop/b')]).toEqual([
    { subject: 'ConfigMap/shop/a', namespace: 'shop', importance: 'high', isImportanceKnown: true },
    undefined,
  ])
})
