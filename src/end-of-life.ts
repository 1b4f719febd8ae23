/** When a release of a distribution or an image stops getting fixes: https://endoflife.date */
import { releaseCycles } from './release-cycles.ts'

export interface EndOfLife {
  readonly product: string
  readonly cycle: string
  /** The last day, `YYYY-MM-DD`. */
  readonly date: string
}

/** `3.18.4` belongs to the cycle `3.18`, or to `3` where there is no finer one; undefined for what is not known, or is too short to name a cycle. */
export function endOfLife(product: string, version: string): EndOfLife | undefined {
  const row = releaseCycles.find(([name]) => name === product)?.[1]
  if (row === undefined || !/^\d/.test(version)) return undefined
  const cycles = new Map(row.split(', ').map((entry) => [entry.split(' ')[0] ?? '', entry.split(' ')[1] ?? ''] as const))
  const parts = version.slice(0, 100).split('.')
  for (let length = parts.length; length > 0; length -= 1) {
    const cycle = parts.slice(0, length).join('.')
    const date = cycles.get(cycle)
    if (date !== undefined) return { product, cycle, date }
  }
  return undefined
}
