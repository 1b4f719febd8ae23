/** Findings by the place where a reader meets them: each once, at its first location as the report has it, with the others named. */
import type { Finding, Location } from '../findings.ts'
import { compareLocations, compareText } from './order.ts'

export interface Place {
  readonly location: Location
  /** Other places of the same findings. */
  readonly also: readonly Location[]
  readonly subject: string
  readonly findings: readonly Finding[]
}

export interface FilePlaces {
  readonly file: string
  readonly places: readonly Place[]
}

/** Files by name, places by line; findings without a location are in none of them. */
export function placesByFile(findings: readonly Finding[]): readonly FilePlaces[] {
  const places = new Map<string, { location: Location; also: readonly Location[]; subject: string; findings: Finding[] }>()
  for (const finding of findings) {
    const [location, ...also] = finding.locations
    if (location === undefined) continue
    const key = JSON.stringify([location, also, finding.subject].flat())
    const place = places.get(key)
    if (place === undefined) places.set(key, { location, also, subject: finding.subject, findings: [finding] })
    else place.findings.push(finding)
  }
  const sorted = [...places.values()].sort(
    (left, right) => compareLocations(left.location, right.location) || compareText(left.subject, right.subject),
  )
  return [...Map.groupBy(sorted, (place) => place.location.file)].map(([file, group]) => ({ file, places: group }))
}

/** Findings without a location, by subject. */
export function withoutPlace(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const none = findings.filter((finding) => finding.locations.length === 0)
  return Map.groupBy(
    none.sort((left, right) => compareText(left.subject, right.subject)),
    (finding) => finding.subject,
  )
}

/** `deploy/shop.yaml:21`. */
export function placeText(location: Location): string {
  return `${location.file}:${location.startLine}`
}
