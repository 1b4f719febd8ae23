/** Which Pod Security Standard is asked of a namespace, and which checks it holds: https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
import type { RuleText } from '../findings.ts'
import type { Pod } from '../repo/pod.ts'
import type { Repository } from '../repo/repository.ts'
import type { Context, ManifestSettings, Violation } from './rule.ts'

/** Each asks for more than the one before it. */
export const levels = ['privileged', 'baseline', 'restricted'] as const
export type Level = (typeof levels)[number]

/** A level as one version of Kubernetes defines it. */
export interface Standard {
  readonly level: Level
  /** The minor version of 1.x; a newer one than any check knows is the newest. */
  readonly minor: number
}

/** `latest`: newer than every version. */
export const latestMinor = Number.POSITIVE_INFINITY

/** One check of the standards, as upstream's registry has it: kubernetes/pod-security-admission, `policy/check_*.go`. */
export interface StandardRule extends RuleText {
  readonly level: Exclude<Level, 'privileged'>
  /** The first minor version of 1.x that has it. */
  readonly since: number
  /** The baseline check that it takes the place of, at the level `restricted`. */
  readonly overrides?: string
  check(pod: Pod, context: Context, minor: number): Iterable<Violation>
}

/** What is asked of the pods of one namespace. */
export interface Demand {
  /** What admission refuses. */
  readonly enforce: Standard
  /** What is reported and not refused. */
  readonly warn: Standard
}

const privileged: Standard = { level: 'privileged', minor: latestMinor }
const fallback: Demand = { enforce: { level: 'baseline', minor: latestMinor }, warn: { level: 'restricted', minor: latestMinor } }

/** The checks of a standard. Restricted is all of baseline, less what its own checks override. */
export function checksOf({ level, minor }: Standard, rules: readonly StandardRule[]): readonly StandardRule[] {
  if (level === 'privileged') return []
  const known = rules.filter((rule) => rule.since <= minor)
  if (level === 'baseline') return known.filter((rule) => rule.level === 'baseline')
  const overridden = new Set(known.map(({ overrides }) => overrides))
  return known.filter(({ id }) => !overridden.has(id))
}

/** The demand on each namespace: by the labels of its Namespace object in the tree, else by the policy. */
export function readDemands({ objects }: Repository, settings: ManifestSettings): (namespace: string) => Demand {
  const demands = new Map<string, Demand>()
  const byPolicy: Demand = { ...fallback, ...settings.podSecurity }
  for (const { kind, apiVersion, name, root } of objects) {
    if (kind !== 'Namespace' || apiVersion !== 'v1') continue
    const labels = root.at('metadata', 'labels')
    const read = (mode: string) =>
      readStandard(labels.at(`pod-security.kubernetes.io/${mode}`).value, labels.at(`pod-security.kubernetes.io/${mode}-version`).value)
    const enforce = read('enforce')
    if (enforce === undefined) continue
    const previous = demands.get(name)
    // Two descriptions of one namespace: the stricter one, for either may be the one that is applied.
    if (previous !== undefined && rank(previous.enforce) >= rank(enforce)) continue
    demands.set(name, { enforce, warn: read('warn') ?? privileged })
  }
  return (namespace) => demands.get(namespace) ?? byPolicy
}

function rank({ level }: Standard): number {
  return levels.indexOf(level)
}

/** Labels that cannot be read mean what admission makes of them: `restricted`, and the latest version. */
function readStandard(level: unknown, version: unknown): Standard | undefined {
  if (level === undefined || level === null) return undefined
  const known = level === 'privileged' || level === 'baseline' || level === 'restricted' ? level : 'restricted'
  return { level: known, minor: readMinor(version) }
}

/** `v1.29` is 29; all else is the latest. */
export function readMinor(version: unknown): number {
  const minor = typeof version === 'string' ? /^v1\.(0|[1-9][0-9]{0,3})$/.exec(version)?.[1] : undefined
  return minor === undefined ? latestMinor : Number(minor)
}
