import { describe, expect, test } from 'vitest'
import { contextOf } from '../../src/manifests/context.ts'
import { judgeManifests } from '../../src/manifests/judge.ts'
import { objectFacts } from '../../src/manifests/object-facts.ts'
import { changeOf, edgeText } from '../../src/manifests/reachability/changes.ts'
import { diagramOf } from '../../src/manifests/reachability/diagram.ts'
import { type Edge, edgesOf, type Reachability, reachabilityOf } from '../../src/manifests/reachability/reachability.ts'
import { treeFacts } from '../../src/manifests/tree-facts.ts'
import { knownFiles } from '../../src/repo/known-files.ts'
import { readRepository } from '../../src/repo/read.ts'
import { random } from '../builders/random.ts'
import { repositoryOf, treeOf } from './fixture.ts'

async function reach(...documents: readonly string[]): Promise<Reachability> {
  const { pods, objectsOf } = contextOf(await repositoryOf({ 'all.yaml': documents.join('---\n') }), {})
  return reachabilityOf(pods, objectsOf)
}

/** Of two trees that share what they have in common. */
async function reachBoth(...trees: readonly [Texts, Texts]): Promise<[Reachability, Reachability]> {
  const [known, own] = [knownFiles(), objectFacts()]
  const reachOf = async (files: Texts) => treeFacts(await readRepository(treeOf(files), { known }), own).reachability
  return [await reachOf(trees[0]), await reachOf(trees[1])]
}

type Texts = Readonly<Record<string, string>>

async function edges(...documents: readonly string[]): Promise<string[]> {
  return edgesOf(await reach(...documents)).map((edge) => edgeText(edge).replace(/Pod\//g, ''))
}

function pod(name: string, { port, namespace = 'shop', more = '' }: { port?: string; namespace?: string; more?: string } = {}): string {
  const ports = port === undefined ? '' : `, ports: [${port}]`
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name} } }\nspec: { containers: [{ name: main${ports} }]${more} }\n`
}

function policy(selected: string, spec: string, namespace = 'shop'): string {
  const selector = selected === '*' ? '{}' : `{ matchLabels: { app: ${selected} } }`
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: for-${selected === '*' ? 'all' : selected}, namespace: ${namespace} }\nspec: { podSelector: ${selector}, ${spec} }\n`
}

function service(name: string, spec: string, namespace = 'shop'): string {
  return `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { ${spec} }\n`
}

const web = pod('web', { port: '{ containerPort: 8080, name: http }' })
const database = pod('database', { port: '{ containerPort: 5432 }' })
const from = (app: string) => `from: [{ podSelector: { matchLabels: { app: ${app} } } }]`

describe('without policies', () => {
  test('everybody reaches everybody on the ports that are known', async () => {
    expect(await edges(web, database)).toEqual(['shop/database → shop/web:8080', 'shop/web → shop/database:5432'])
  })

  test('a target that names no port is reached on any', async () => {
    expect(await edges(web, pod('batch'))).toContain('shop/web → shop/batch:any')
  })
})

describe('a policy', () => {
  test('that selects a pod and allows nothing closes it', async () => {
    expect(await edges(web, database, policy('database', 'policyTypes: [Ingress]'))).toEqual(['shop/database → shop/web:8080'])
  })

  test('for egress alone closes the way out and not the way in', async () => {
    expect(await edges(web, database, policy('database', 'policyTypes: [Egress]'))).toEqual(['shop/web → shop/database:5432'])
  })

  test('allows its peers on its ports only', async () => {
    const allow = policy('database', `ingress: [{ ${from('web')}, ports: [{ port: 5433, endPort: 5440 }] }]`)
    expect(await edges(web, database, allow)).not.toContain('shop/web → shop/database:5432')
    const range = policy('database', `ingress: [{ ${from('web')}, ports: [{ port: 5430, endPort: 5440 }] }]`)
    expect(await edges(web, database, range)).toContain('shop/web → shop/database:5432')
  })

  test('names a port by the target’s name of it, and UDP is not TCP', async () => {
    const dns = pod('dns', { port: '{ containerPort: 53, protocol: UDP, name: dns }' })
    expect(await edges(dns, web, policy('dns', 'ingress: [{ ports: [{ port: dns, protocol: UDP }] }]'))).toContain(
      'shop/web → shop/dns:53/UDP',
    )
    expect(await edges(dns, web, policy('dns', 'ingress: [{ ports: [{ port: 53 }] }]'))).not.toContain('shop/web → shop/dns:53/UDP')
  })

  test('is added to the others that select the pod', async () => {
    const all = [policy('*', 'policyTypes: [Ingress]'), policy('database', `ingress: [{ ${from('web')} }]`)]
    expect(await edges(web, database, ...all)).toEqual(['shop/web → shop/database:5432'])
  })

  test('with a podSelector alone means pods of its own namespace', async () => {
    const other = pod('web', { namespace: 'other' })
    expect(await edges(web, database, other, policy('database', `ingress: [{ ${from('web')} }]`))).not.toContain(
      'other/web → shop/database:5432',
    )
  })

  test('names a namespace by the label that every namespace has', async () => {
    const other = pod('web', { namespace: 'other' })
    const allow = policy(
      'database',
      'ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: other } } }] }]',
    )
    const found = await edges(web, database, other, allow)
    expect(found).toContain('other/web → shop/database:5432')
    expect(found).not.toContain('shop/web → shop/database:5432')
  })

  test('does not reach pods on the network of their node', async () => {
    const host = pod('host', { port: '{ containerPort: 9100 }', more: ', hostNetwork: true' })
    expect(await edges(host, web, policy('*', 'policyTypes: [Ingress, Egress]'))).toEqual(['outside → shop/host:9100'])
  })
})

describe('the outside comes in', () => {
  const balanced = service('web', 'type: LoadBalancer, selector: { app: web }, ports: [{ port: 80, targetPort: http }]')
  const inner = service('web', 'selector: { app: web }, ports: [{ port: 80, name: http, targetPort: 8080 }]')

  test('by a load balancer, on the port that it sends to', async () => {
    expect(await edges(web, balanced)).toEqual(['outside → shop/web:8080'])
  })

  test('by an Ingress and by a Gateway route of the Service that they name', async () => {
    const ingress =
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web, namespace: shop }\nspec: { rules: [{ http: { paths: [{ path: /, backend: { service: { name: web, port: { name: http } } } }] } }] }\n'
    const route =
      'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: web, namespace: gateways }\nspec: { rules: [{ backendRefs: [{ name: web, namespace: shop, port: 80 }] }] }\n'
    expect(await edges(web, inner)).toEqual([])
    expect(await edges(web, inner, ingress)).toEqual(['outside → shop/web:8080'])
    expect(await edges(web, inner, route)).toEqual(['outside → shop/web:8080'])
  })

  test('only where the policies admit an address', async () => {
    expect(await edges(web, balanced, policy('web', 'ingress: [{ from: [{ podSelector: {} }] }]'))).toEqual([])
    expect(await edges(web, balanced, policy('web', 'ingress: [{ from: [{ ipBlock: { cidr: 192.0.2.0/24 } }] }]'))).toEqual([
      'outside → shop/web:8080',
    ])
  })
})

describe('a change', () => {
  const deny = policy('*', 'policyTypes: [Ingress]')
  const allow = policy('database', `ingress: [{ ${from('web')} }]`)

  test('opens what was closed and closes what was open', async () => {
    const change = changeOf(await reach(web, database, deny), await reach(web, database, deny, allow))
    expect(change.added.map(edgeText)).toEqual(['Pod/shop/web → Pod/shop/database:5432'])
    expect(change.removed).toEqual([])
    const back = changeOf(await reach(web, database, deny, allow), await reach(web, database, deny))
    expect(back.removed.map(edgeText)).toEqual(['Pod/shop/web → Pod/shop/database:5432'])
  })

  test('that opens nothing is empty', async () => {
    expect(changeOf(await reach(web, database, deny), await reach(web, database, deny))).toEqual({ added: [], removed: [] })
  })

  test('of what publishes a Service is one of the workload behind it', async () => {
    const before = { 'web.yaml': web, 'service.yaml': service('web', 'selector: { app: web }, ports: [{ port: 80, targetPort: http }]') }
    const ingress =
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web, namespace: shop }\nspec: { rules: [{ http: { paths: [{ path: /, backend: { service: { name: web, port: { number: 80 } } } }] } }] }\n'
    const change = changeOf(...(await reachBoth(before, { ...before, 'ingress.yaml': ingress })))
    expect(change.added.map(edgeText)).toEqual(['outside → Pod/shop/web:8080'])
  })

  test('of trees that share their objects is what every pair of workloads says', async () => {
    const next = random(11)
    const pick = <One>(list: readonly One[]): One => list[Math.floor(next() * list.length)] as One
    const names = ['web', 'database', 'cache', 'queue']
    const port = '{ containerPort: 8080, name: http }'
    const host = ', hostNetwork: true'
    const labelled = (tier: string) => `{ namespaceSelector: { matchLabels: { tier: ${tier} } } }`
    const kinds: Readonly<Record<string, readonly string[]>> = {
      ...Object.fromEntries(
        names.map((name) => [
          name,
          [pod(name, { port }), pod(name), pod(name, { port, more: host }), pod(name, { port, namespace: 'ops' })],
        ]),
      ),
      namespace: ['a', 'b'].map((tier) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ops, labels: { tier: ${tier} } }\n`),
      service: [
        service('web', 'selector: { app: web }, ports: [{ port: 80, targetPort: http }]'),
        service('web', 'type: LoadBalancer, selector: { app: web }, ports: [{ port: 80, targetPort: 9090 }]'),
        service('web', 'type: NodePort, selector: { app: cache }, ports: [{ port: 80, targetPort: http }]'),
      ],
      ingress: ['web', 'none'].map(
        (name) =>
          `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web, namespace: shop }\nspec: { rules: [{ http: { paths: [{ path: /, backend: { service: { name: ${name}, port: { number: 80 } } } }] } }] }\n`,
      ),
      deny: [policy('*', 'policyTypes: [Ingress]'), policy('*', 'policyTypes: [Ingress, Egress]')],
      allow: names.flatMap((name) => [
        policy('web', `ingress: [{ ${from(name)} }]`),
        policy(name, `egress: [{ to: [${labelled('a')}] }], ingress: [{ from: [${labelled('b')}] }]`),
      ]),
      everybody: [policy('*', 'ingress: [{}]'), policy('web', 'ingress: [{}]')],
      address: ['192.0.2.0/24', '0.0.0.0/0'].map((cidr) => policy('cache', `ingress: [{ from: [{ ipBlock: { cidr: ${cidr} } }] }]`)),
    }
    const all = Object.entries(kinds)
    const texts = (list: readonly Edge[]) =>
      list.flatMap(({ ports, ...edge }) => ports.map((one) => edgeText({ ...edge, ports: [one] }))).sort()
    let files: Readonly<Record<string, string>> = Object.fromEntries(all.map(([name, forms]) => [`${name}.yaml`, pick(forms)]))
    let changes = 0
    for (let step = 0; step < 250; step++) {
      const [name, forms] = pick(all)
      const { [`${name}.yaml`]: _, ...rest } = files
      const after = next() < 0.2 ? rest : { ...rest, [`${name}.yaml`]: `${pick(forms)}# ${step}\n` }
      const [base, head] = await reachBoth(files, after)
      const [before, now] = [texts(edgesOf(base)), texts(edgesOf(head))]
      const { added, removed } = changeOf(base, head)
      expect(texts(added), `step ${step}`).toEqual(now.filter((edge) => !before.includes(edge)))
      expect(texts(removed), `step ${step}`).toEqual(before.filter((edge) => !now.includes(edge)))
      changes += added.length + removed.length
      files = after
    }
    expect(changes).toBeGreaterThan(200)
  })

  test('is drawn with names that are no syntax', () => {
    const edge = { from: 'Pod/shop/a"];click x', to: 'outside', ports: ['80'] }
    expect(diagramOf({ added: [edge], removed: [] })).toBe(
      'flowchart LR\n  n0["Pod/shop/a#34;#93;#59;click x"]\n  n1["outside"]\n  n0 ==>|"80"| n1',
    )
  })
})

test('a new workload is one finding for what it reaches and one for who reaches it', async () => {
  const others = ['a', 'b', 'c', 'd', 'e'].map((name) => pod(name, { port: '{ containerPort: 80 }' }))
  const base = await repositoryOf({ 'all.yaml': others.join('---\n') })
  const head = await repositoryOf({ 'all.yaml': [...others, web].join('---\n') })
  const found = judgeManifests(head, {}, base).filter(({ rule }) => rule === 'network/new-path')
  expect(found.map(({ subject, message }) => `${subject}: ${message.replace(/Pod\/shop\//g, '')}`)).toEqual([
    'Pod/shop/web: web → a:80, b:80, c:80 and 2 more is new',
    'Pod/shop/web: a, b, c and 2 more → web:8080 is new',
  ])
})
