/** What each fact adds to a risk score. `docs/risk.md` has the same table, and a test compares them. The most of all parts is 100. */
import type { Check, Severity } from '../../findings.ts'
import type { Importance } from '../../policy/policy.ts'

/** One fact, as the table tells it. Of a part's facts the one with the most points counts. */
export interface Weight {
  readonly points: number
  readonly when: string
}

export const partNames = [
  'severity',
  'exploitation',
  'fix',
  'reachability',
  'privileges',
  'rights',
  'network policies',
  'secrets',
  'namespace',
] as const
export type PartName = (typeof partNames)[number]

/** The most points of each part. */
export const most: Readonly<Record<PartName, number>> = {
  severity: 40,
  exploitation: 15,
  fix: 5,
  reachability: 14,
  privileges: 8,
  rights: 6,
  'network policies': 2,
  secrets: 3,
  namespace: 7,
}

/** Of the CVSS base score, 0 to 10. */
export const pointsPerScore = 4

/** Without a score, the middle of the severity's CVSS band. https://www.first.org/cvss/v3-1/specification-document#Qualitative-Severity-Rating-Scale */
export const severityWeights: Readonly<Record<Exclude<Severity, 'unknown'>, Weight>> = {
  critical: { points: 38, when: 'rated critical, without a CVSS score' },
  high: { points: 32, when: 'rated high, without a CVSS score' },
  medium: { points: 22, when: 'rated medium, without a CVSS score' },
  low: { points: 8, when: 'rated low, without a CVSS score' },
}

export const knownExploited: Weight = { points: 15, when: "in CISA's catalogue of known exploited vulnerabilities" }

/** From the most likely down: the first that the probability reaches. */
export const epssWeights: readonly (Weight & { readonly from: number })[] = [
  { from: 0.5, points: 12, when: 'EPSS of 50% or more' },
  { from: 0.1, points: 8, when: 'EPSS of 10% or more' },
  { from: 0.01, points: 3, when: 'EPSS of 1% or more' },
]

/** What needs no exploit, or says that nobody knows what there is to exploit. */
export const checkWeights: ReadonlyMap<Check, Weight> = new Map([
  ['malware', { points: 15, when: 'malware: it runs as soon as it is started' }],
  ['secret', { points: 12, when: 'a secret: whoever can read it can use it' }],
  ['signature', { points: 6, when: 'a signature: nobody who is trusted vouches for the image' }],
  ['attestation', { points: 4, when: 'an attestation: how the image was made is not proved' }],
])

export const fixWeight: Weight = { points: 5, when: 'a version fixes it: the flaw is published, and waiting is a choice' }

export const reachabilityWeight: Weight = {
  points: 14,
  when: 'an Ingress, a route of a gateway, a LoadBalancer, a NodePort, external addresses, a port of the node or its network lets traffic from outside in',
}

export const privilegeWeights = {
  privileged: { points: 8, when: 'a container is privileged' },
  'runtime-socket': { points: 8, when: 'the socket of the container runtime is mounted' },
  'strong-capability': { points: 6, when: 'a capability that leads out of the container is added' },
  'host-namespace': { points: 6, when: "the node's process, network or IPC namespace is shared" },
  'host-path-writable': { points: 6, when: 'a path of the node is mounted writable' },
  'host-path': { points: 3, when: 'a path of the node is mounted read-only' },
  root: { points: 3, when: 'a container runs as user 0' },
  capability: { points: 2, when: 'another capability is added' },
  'possible-root': { points: 2, when: 'nothing keeps a container from running as root' },
} as const satisfies Readonly<Record<string, Weight>>
export type Privilege = keyof typeof privilegeWeights

export const rightsWeights = {
  everything: { points: 6, when: 'every right, by `*` or cluster-admin' },
  more: { points: 5, when: 'a right that leads to more, such as reading Secrets, starting pods or writing roles' },
  some: { points: 2, when: 'other rights that a binding of the tree gives' },
  token: { points: 1, when: 'a token is mounted, and no binding of the tree names the account' },
  none: { points: 0, when: 'no token of the service account is mounted' },
} as const satisfies Readonly<Record<string, Weight>>
export type Rights = keyof typeof rightsWeights

/** By the directions that a NetworkPolicy isolates. */
export const isolationWeights: readonly [none: Weight, one: Weight, both: Weight] = [
  { points: 2, when: 'no NetworkPolicy of the tree isolates it' },
  { points: 1, when: 'only one direction is isolated' },
  { points: 0, when: 'both directions are isolated' },
]

export const secretsWeight: Weight = { points: 3, when: 'a Secret is mounted, or is in the environment' }

export const importanceWeights: Readonly<Record<Importance, Weight>> = {
  critical: { points: 7, when: 'the policy says `critical` of the namespace' },
  high: { points: 5, when: 'the policy says `high` of the namespace' },
  normal: { points: 2, when: 'the policy says `normal` of the namespace, or nothing' },
  low: { points: 0, when: 'the policy says `low` of the namespace' },
}

/** Of an image, beside its worst finding. Together with it at most 100. */
export const furtherWeight = { from: 50, points: 1, most: 5, when: 'for each further open finding of the image with a score of 50 or more' }
export const anomalyWeight: Weight = { points: 10, when: 'the image is an anomaly among the earlier ones of its repository' }
