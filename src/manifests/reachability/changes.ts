/** What a change opens and closes: the edges of the head against those of the base. */

import { type Edge, outside, type Reachability } from './reachability.ts'

export interface ReachabilityChange {
  readonly added: readonly Edge[]
  readonly removed: readonly Edge[]
}

/** Looks only at pairs of which one side has changed: the rest is what it was. */
export function changeOf(base: Reachability, head: Reachability): ReachabilityChange {
  const [before, after] = [indexed(base), indexed(head)]
  const subjects = [...new Set([...before.keys(), ...after.keys()])].sort()
  const isSameAround = haveSameSurroundings(base, head)
  const isSame = (old: number | undefined, now: number | undefined): boolean =>
    (isSameAround && old !== undefined && now !== undefined && areSame(base.sources(old), head.sources(now))) ||
    signatureOf(base, old) === signatureOf(head, now)
  const changed = new Set(subjects.filter((subject) => !isSame(before.get(subject), after.get(subject))))
  const added: Edge[] = []
  const removed: Edge[] = []
  for (const to of subjects) {
    const sources = changed.has(to) ? [outside, ...subjects] : [...changed]
    for (const from of sources) {
      const [old, now] = [portsBetween(base, before, from, to), portsBetween(head, after, from, to)]
      const opened = now.filter((port) => !old.includes(port))
      const closed = old.filter((port) => !now.includes(port))
      if (opened.length > 0) added.push({ from, to, ports: opened })
      if (closed.length > 0) removed.push({ from, to, ports: closed })
    }
  }
  return { added, removed }
}

function haveSameSurroundings({ surroundings: before }: Reachability, { surroundings: after }: Reachability): boolean {
  return before.workloads === after.workloads && areSame(before.objects, after.objects)
}

function areSame(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((thing, index) => thing === right[index])
}

function indexed({ workloads }: Reachability): ReadonlyMap<string, number> {
  return new Map(workloads.map(({ subject }, index) => [subject, index]))
}

function signatureOf(reachability: Reachability, index: number | undefined): string | undefined {
  return index === undefined ? undefined : reachability.signature(index)
}

function portsBetween({ ports }: Reachability, indexes: ReadonlyMap<string, number>, from: string, to: string): readonly string[] {
  const source: number | typeof outside | undefined = from === outside ? outside : indexes.get(from)
  const target = indexes.get(to)
  return source === undefined || target === undefined ? [] : ports(source, target)
}

/** `Deployment/shop/frontend → Deployment/shop/database:5432`. */
export function edgeText({ from, to, ports }: Edge): string {
  return `${from} → ${to}:${ports.join(',')}`
}
