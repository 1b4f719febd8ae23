/** Work cut into parts of even cost: the same units give the same parts on every machine. */

/** What is judged in one piece: the images of one repository, whose findings are counted together. */
export interface Unit {
  readonly name: string
  readonly costBytes: number
}

/** Beyond what a GitHub matrix takes. https://docs.github.com/en/actions/reference/limits */
export const shardsLimit = 256

/** Below this a shard's start costs more than it saves. */
const worthwhileBytes = 256 * 1024 * 1024

/** How many shards are worth their start, at most `wanted`; one for what is small. */
export function worthwhileShards(units: readonly Unit[], wanted: number): number {
  const total = units.reduce((sum, { costBytes }) => sum + costBytes, 0)
  return Math.max(1, Math.min(wanted, shardsLimit, units.length, Math.floor(total / worthwhileBytes)))
}

/**
 * The shard of each unit, counted from 1: the heaviest first, each to the shard that has least. No shard has more than 4/3 of what the best cut would
 * give its heaviest. R. L. Graham, Bounds on Multiprocessing Timing Anomalies, 1969. `firstBytes` is what the first shard does besides.
 */
export function cut(units: readonly Unit[], shards: number, firstBytes: number): ReadonlyMap<string, number> {
  const loads = Array.from({ length: shards }, (_, index) => (index === 0 ? firstBytes : 0))
  const order = units.toSorted((left, right) => right.costBytes - left.costBytes || compareText(left.name, right.name))
  return new Map(
    order.map(({ name, costBytes }) => {
      const lightest = loads.indexOf(Math.min(...loads))
      loads[lightest] = (loads[lightest] ?? 0) + costBytes
      return [name, lightest + 1]
    }),
  )
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
