/** NetworkPolicies as values: https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/ */
import type { Field } from '../../formats/field.ts'
import type { Pod } from '../../repo/pod.ts'
import type { KubernetesObject } from '../../repo/repository.ts'
import { readSelector, type Selector, selecting } from '../selector.ts'
import { isSet } from '../violation.ts'

export type Direction = 'ingress' | 'egress'

export interface NetworkPolicy {
  readonly object: KubernetesObject
  readonly selector: Selector
  /** Whose traffic it isolates: what it does not allow in these directions is refused. */
  readonly directions: ReadonlySet<Direction>
  readonly rules: Readonly<Record<Direction, readonly PolicyRule[]>>
}

export interface PolicyRule {
  readonly field: Field
  /** Where the peers stand, or would. */
  readonly peersField: Field
  /** Undefined: from or to everywhere. */
  readonly peers: readonly Peer[] | undefined
  /** Undefined: on all ports. */
  readonly ports: readonly PolicyPort[] | undefined
}

export interface Peer {
  readonly field: Field
  /** Absent: all pods of the namespaces, or no pods where there is an address block. */
  readonly podSelector?: Selector
  /** Absent: the namespace of the policy. */
  readonly namespaceSelector?: Selector
  readonly block?: { readonly cidr: string; readonly except: readonly string[] }
}

export interface PolicyPort {
  readonly protocol: string
  /** A number, the name of a container port, or undefined: all of the protocol. */
  readonly port: number | string | undefined
  /** The last port of a range, inclusive. */
  readonly endPort?: number
}

export function isNetworkPolicy({ kind, apiVersion }: KubernetesObject): boolean {
  return kind === 'NetworkPolicy' && (apiVersion.startsWith('networking.k8s.io/') || apiVersion.startsWith('extensions/'))
}

/** The NetworkPolicies of a tree. */
export interface NetworkPolicies {
  readonly byNamespace: ReadonlyMap<string, readonly NetworkPolicy[]>
  /** Those that select the pod; none for one on the network of its node, which is out of their reach. */
  of(pod: Pod): readonly NetworkPolicy[]
}

export function readNetworkPolicies(
  objectsOf: (kind: string) => readonly KubernetesObject[],
  read: (object: KubernetesObject) => NetworkPolicy = readNetworkPolicy,
): NetworkPolicies {
  const byNamespace = Map.groupBy(objectsOf('NetworkPolicy').filter(isNetworkPolicy).map(read), ({ object }) => object.namespace)
  const selectingIn = new Map([...byNamespace].map(([namespace, group]) => [namespace, selecting(group, ({ selector }) => selector)]))
  const known = new Map<Pod, readonly NetworkPolicy[]>()
  return {
    byNamespace,
    of(pod) {
      const isOutOfReach = pod.at('hostNetwork').value === true
      const found = known.get(pod) ?? (isOutOfReach ? [] : (selectingIn.get(pod.object.namespace)?.(pod.labels) ?? []))
      known.set(pod, found)
      return found
    },
  }
}

export function readNetworkPolicy(object: KubernetesObject): NetworkPolicy {
  const spec = object.root.at('spec')
  const rules = { ingress: readRules(spec, 'ingress', 'from'), egress: readRules(spec, 'egress', 'to') }
  const types = new Set(
    spec
      .at('policyTypes')
      .items()
      .map(({ value }) => value),
  )
  const directions = new Set<Direction>()
  // The API server's default: always ingress, and egress where there are rules for it.
  if (types.size === 0 || types.has('Ingress')) directions.add('ingress')
  if (types.size === 0 ? rules.egress.length > 0 : types.has('Egress')) directions.add('egress')
  return { object, selector: readSelector(spec.at('podSelector')), directions, rules }
}

function readRules(spec: Field, direction: Direction, side: 'from' | 'to'): readonly PolicyRule[] {
  return spec
    .at(direction)
    .items()
    .map((field) => {
      const [peers, ports] = [field.at(side).items(), field.at('ports').items()]
      return {
        field,
        peersField: field.at(side),
        peers: peers.length === 0 ? undefined : peers.map(readPeer),
        ports: ports.length === 0 ? undefined : ports.map(readPort),
      }
    })
}

function readPeer(field: Field): Peer {
  const [pods, namespaces, block] = [field.at('podSelector'), field.at('namespaceSelector'), field.at('ipBlock')]
  return {
    field,
    ...(isSet(pods) && { podSelector: readSelector(pods) }),
    ...(isSet(namespaces) && { namespaceSelector: readSelector(namespaces) }),
    ...(isSet(block) && {
      block: {
        cidr: String(block.at('cidr').value ?? ''),
        except: block
          .at('except')
          .items()
          .map(({ value }) => String(value)),
      },
    }),
  }
}

function readPort(field: Field): PolicyPort {
  const [port, end] = [field.at('port').value, field.at('endPort').value]
  return {
    protocol: String(field.at('protocol').value ?? 'TCP'),
    port: typeof port === 'number' || typeof port === 'string' ? port : undefined,
    ...(typeof end === 'number' && { endPort: end }),
  }
}

/** True where the block is every address of its family, nothing excepted. */
export function isEverywhere({ cidr, except }: { readonly cidr: string; readonly except: readonly string[] }): boolean {
  return except.length === 0 && /^(?:0\.0\.0\.0|0{0,4}(?::0{0,4}){1,7})\/0$/.test(cidr)
}
