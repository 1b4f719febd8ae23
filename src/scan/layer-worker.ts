/** A thread that reads layers: compressed bytes come in, encoded evidence goes out. `layer-threads.ts` is its other end. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { keepCompiled } from '../compile-cache.ts'
import { lend } from '../formats/lent-bytes.ts'
import type { ExaminedLayer } from './examine-layer.ts'
import { type ThreadData, threadPurpose } from './thread-purpose.ts'

export type ToThread =
  | LayerTask
  /** Several are of one memory. */
  | { readonly kind: 'chunk'; readonly bytes: readonly Uint8Array[] }
  | { readonly kind: 'end' }
  | { readonly kind: 'fail'; readonly message: string }

export interface LayerTask {
  /** Evidence of everything, of packages alone, or of everything but what examiners say; or what they say alone, of a stream that is opened once. */
  readonly kind: 'read' | 'packages' | 'unexamined' | 'examine'
  readonly mediaType: string
}

export type FromThread =
  /** The layer's bytes are wanted, from the beginning. */
  | { readonly kind: 'open' }
  /** A chunk was used up. */
  | { readonly kind: 'next' }
  /** No more of the bytes are wanted. */
  | { readonly kind: 'close' }
  | { readonly kind: 'done'; readonly evidence: Uint8Array }
  | { readonly kind: 'examined'; readonly layer: ExaminedLayer }
  | { readonly kind: 'failed'; readonly message: string }

// Importing this module anywhere else does nothing.
const { purpose, keepsCompiled }: Partial<ThreadData> = workerData ?? {}
if (parentPort && purpose === threadPurpose) serve(parentPort)

function serve(port: MessagePort): void {
  // What is compiled of the modules that follow is kept for the next thread; that of the process is not a thread's.
  if (keepsCompiled) keepCompiled()
  const send = (message: FromThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)
  let stream: ChunkQueue | undefined
  const open = () => {
    stream = new ChunkQueue()
    send({ kind: 'open' })
    return chunksOf(stream, send)
  }
  port.on('message', (message: ToThread) => {
    if (message.kind === 'chunk' || message.kind === 'end' || message.kind === 'fail') {
      stream?.push(message)
      return
    }
    run(message, message.kind === 'examine' ? opened(open()) : open, send).catch((error: unknown) =>
      send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
    )
  })
}

/** Of a stream that comes without being asked for. */
function opened(bytes: AsyncIterable<Uint8Array>): () => AsyncIterable<Uint8Array> {
  return () => bytes
}

/** What reads packages is loaded where a thread reads them: many a thread examines alone. */
async function run(
  { kind, mediaType }: LayerTask,
  open: () => AsyncIterable<Uint8Array>,
  send: (message: FromThread, transfer?: ArrayBuffer[]) => void,
): Promise<void> {
  // The other end stops the whole thread to abort.
  const { signal } = new AbortController()
  if (kind === 'examine') {
    const { examineLayer } = await import('./examine-layer.ts')
    return send({ kind: 'examined', layer: await examineLayer({ open, mediaType, signal }) })
  }
  const [{ encodeEvidence, evidenceVersion, packageEvidenceVersion }, { readLayerEvidence }] = await Promise.all([
    import('./evidence-codec.ts'),
    import('./layer-evidence.ts'),
  ])
  const packagesAlone = kind === 'packages'
  const evidence = await readLayerEvidence({ open, mediaType, signal, packagesAlone, ...(kind === 'unexamined' ? { examiners: [] } : {}) })
  const bytes = Uint8Array.from(encodeEvidence(evidence, packagesAlone ? packageEvidenceVersion : evidenceVersion))
  send({ kind: 'done', evidence: bytes }, [bytes.buffer])
}

type StreamMessage = Exclude<ToThread, LayerTask>

class ChunkQueue {
  readonly #waiting: StreamMessage[] = []
  #wake: (() => void) | undefined

  push(message: StreamMessage): void {
    this.#waiting.push(message)
    this.#wake?.()
  }

  async next(): Promise<StreamMessage> {
    for (;;) {
      const message = this.#waiting.shift()
      if (message) return message
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}

async function* chunksOf(queue: ChunkQueue, send: (message: FromThread) => void): AsyncGenerator<Uint8Array> {
  let isOver = false
  try {
    while (!isOver) {
      const message = await queue.next()
      isOver = message.kind !== 'chunk'
      if (message.kind === 'fail') throw new Error(message.message)
      if (message.kind !== 'chunk') continue
      for (const bytes of message.bytes) yield lend(bytes)
      send({ kind: 'next' })
    }
  } finally {
    if (!isOver) send({ kind: 'close' })
  }
}
