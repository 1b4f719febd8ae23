/** Work that is done once a run however often it is asked for, and work that is bounded in how much goes on at a time. */

/** The same promise for the same key. */
export function once<Key, Result>(work: (key: Key) => Promise<Result>): (key: Key) => Promise<Result> {
  const started = new Map<Key, Promise<Result>>()
  return (key) => {
    const running = started.get(key)
    if (running) return running
    const promise = work(key)
    started.set(key, promise)
    return promise
  }
}

/** At most `limit` at a time; results in the order of the items. Rejects with the first error after the running ones have settled. */
export async function mapLimited<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length)
  let next = 0
  const lane = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as Item, index)
  }
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, lane))
  for (const outcome of lanes) if (outcome.status === 'rejected') throw outcome.reason
  return results
}
