/** A source that is asked once for each thing: several signers look at the same signatures. */
import type { Descriptor, ImageSource } from '../../oci/source.ts'

/** What is kept together at most; past it, things are asked for again. */
const maxKeptBytes = 64 * 1024 * 1024
const maxReferrers = 4096

/** For one image and one run: what failed is remembered as well. */
export function remember(source: ImageSource): ImageSource {
  const resolved = new Map<string, ReturnType<ImageSource['resolve']>>()
  const listed = new Map<string, Promise<readonly Descriptor[]>>()
  const read = new Map<string, Promise<readonly Uint8Array[]>>()
  let kept = 0
  return {
    resolve: (reference, signal) =>
      once(resolved, `${reference.registry}/${reference.repository} ${reference.digest ?? reference.tag}`, () =>
        source.resolve(reference, signal),
      ),
    async *referrers(digest, signal) {
      yield* await once(listed, digest, () => collect(source.referrers(digest, signal)))
    },
    async *read(descriptor, signal) {
      const isKept = read.has(descriptor.digest)
      if (!isKept && kept + descriptor.size > maxKeptBytes) return yield* source.read(descriptor, signal)
      if (!isKept) kept += descriptor.size
      yield* await once(read, descriptor.digest, () => collectBytes(source.read(descriptor, signal), descriptor.size))
    },
  }
}

function once<Value>(known: Map<string, Promise<Value>>, key: string, ask: () => Promise<Value>): Promise<Value> {
  const found = known.get(key) ?? ask()
  known.set(key, found)
  return found
}

async function collect(descriptors: AsyncIterable<Descriptor>): Promise<readonly Descriptor[]> {
  const found: Descriptor[] = []
  for await (const descriptor of descriptors) {
    found.push(descriptor)
    // The reader stops here as well, and says that there was more.
    if (found.length > maxReferrers) break
  }
  return found
}

async function collectBytes(chunks: AsyncIterable<Uint8Array>, expected: number): Promise<readonly Uint8Array[]> {
  const found: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    found.push(chunk)
    size += chunk.length
    // One chunk past what the descriptor says is enough for the reader to refuse it.
    if (size > expected) break
  }
  return found
}
