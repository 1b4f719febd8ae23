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
export function giveBack({ buffer }: Uint8Array): void {
  // A buffer that is transferred gives its memory up.
  if (buffer instanceof ArrayBuffer && lent.delete(buffer)) buffer.transfer(0)
}

/** The same chunks, each good until the next one is asked for. */
export async function* givenBack(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let spent: Uint8Array | undefined
  for await (const chunk of chunks) {
    if (spent && spent.buffer !== chunk.buffer) giveBack(spent)
    spent = chunk
    yield chunk
  }
  if (spent) giveBack(spent)
}
