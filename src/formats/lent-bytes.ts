/**
 * Memory of chunks that are used up, given back at once. It lies outside of the heap, and the garbage collector marks the whole heap for every 64 MiB
 * of it: for a layer that is as much work again as unpacking it.
 */

const lent = new WeakSet<ArrayBuffer>()

/** Says that nobody but who gets the chunk keeps its memory, or other chunks of the same memory that come directly before or behind it. */
export function lend(chunk: Uint8Array): Uint8Array {
  if (chunk.buffer instanceof ArrayBuffer) lent.add(chunk.buffer)
  return chunk
}

/** The chunk is empty from then on, and so is every view of it; what was not lent stays as it is. */
export function giveBack(chunk: Uint8Array): void {
  // A buffer that is transferred gives its memory up.
  takeMemory(chunk)?.transfer(0)
}

/** The memory of a chunk, for whoever transfers it elsewhere at once; undefined where others may have it too. */
export function takeMemory({ buffer }: Uint8Array): ArrayBuffer | undefined {
  return buffer instanceof ArrayBuffer && lent.delete(buffer) ? buffer : undefined
}

/** Chunks of one memory, used up. They wait for a promise. */
export type SpentChunks = (chunks: readonly Uint8Array[]) => void | Promise<void>

/** The same chunks, each good until the next one is asked for. `onSpent` may take their memory; what it leaves is given back. */
export async function* givenBack(chunks: AsyncIterable<Uint8Array>, onSpent?: SpentChunks): AsyncGenerator<Uint8Array> {
  let spent: Uint8Array[] = []
  const finish = async (): Promise<void> => {
    const [first] = spent
    if (!first) return
    await onSpent?.(spent)
    giveBack(first)
    spent = []
  }
  for await (const chunk of chunks) {
    if (spent[0]?.buffer !== chunk.buffer) await finish()
    spent.push(chunk)
    yield chunk
    // Others may fill what lies beside it at any time.
    if (!isLent(chunk)) await finish()
  }
  await finish()
}

function isLent({ buffer }: Uint8Array): boolean {
  return buffer instanceof ArrayBuffer && lent.has(buffer)
}
