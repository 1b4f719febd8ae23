/** Work on many things, a few at once. */

/** Results that are not undefined, as they come. At most `limit` actions run at a time; the first that rejects ends it. */
export async function* inParallel<T, R>(
  values: Iterable<T>,
  limit: number,
  action: (value: T) => Promise<R | undefined>,
): AsyncIterable<R> {
  const rest = values[Symbol.iterator]()
  const running = new Map<number, Promise<{ readonly key: number; readonly result: R | undefined }>>()
  let count = 0
  const fill = (): void => {
    while (running.size < limit) {
      const next = rest.next()
      if (next.done) return
      const key = count++
      const work = action(next.value).then((result) => ({ key, result }))
      // It is awaited in the race below, or was left when another had failed.
      work.catch(() => undefined)
      running.set(key, work)
    }
  }
  for (fill(); running.size > 0; fill()) {
    const { key, result } = await Promise.race(running.values())
    running.delete(key)
    if (result !== undefined) yield result
  }
}
