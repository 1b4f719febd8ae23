/** What a reader takes as one thing, in the order of importance: a finding or a package's group, with all its places. */
import type { Finding, Location } from '../findings.ts'
import { type Group, groupFindings } from './group.ts'
import { compareFindings } from './order.ts'
import { placesByFile, withoutPlace } from './places.ts'
import type { RenderContext } from './renderer.ts'

export interface Item {
  readonly group: Group
  /** The first one is where it is told; none for a finding without a place. */
  readonly locations: readonly Location[]
}

/** The most important first; those of equal weight by path and line. */
export function itemsOf(findings: readonly Finding[], context: RenderContext): readonly Item[] {
  const placed = placesByFile(findings).flatMap(({ places }) =>
    places.flatMap(({ also, findings: group, location }) =>
      groupFindings(group, context).map((each) => ({ group: each, locations: [location, ...also] })),
    ),
  )
  const free = [...withoutPlace(findings).values()].flatMap((group) =>
    groupFindings(group, context).map((each) => ({ group: each, locations: [] })),
  )
  return [...placed, ...free].sort((left, right) => compareFindings(left.group.findings[0], right.group.findings[0]))
}
