/** Work on many things, a few at a time. */

/** The results in the order of the things; the first failure ends it. */
export async function mapBounded<Thing, Result>(
  things: readonly Thing[],
  atOnce: number,
  work: (thing: Thing) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const entries = things.entries()
  const worker = async () => {
    for (const [index, thing] of entries) results[index] = await work(thing)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, things.length) }, worker))
  return results
}
