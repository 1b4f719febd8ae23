/** A thread that reads layers: compressed bytes come in, encoded evidence goes out. `layer-threads.ts` is its other end. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { encodeEvidence, evidenceVersion, packageEvidenceVersion } from './evidence-codec.ts'
import { readLayerEvidence } from './layer-evidence.ts'
import { threadPurpose } from './layer-threads.ts'

export type ToThread =
  | { readonly kind: 'read'; readonly mediaType: string; readonly packagesAlone: boolean }
  | { readonly kind: 'chunk'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' }
  | { readonly kind: 'fail'; readonly message: string }

export type FromThread =
  /** The layer's bytes are wanted, from the beginning. */
  | { readonly kind: 'open' }
  /** A chunk was used up. */
  | { readonly kind: 'next' }
  /** No more of the bytes are wanted. */
  | { readonly kind: 'close' }
  | { readonly kind: 'done'; readonly evidence: Uint8Array }
  | { readonly kind: 'failed'; readonly message: string }

// Importing this module anywhere else does nothing.
if (parentPort && workerData === threadPurpose) serve(parentPort)

function serve(port: MessagePort): void {
  const send = (message: FromThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)
  let stream: ChunkQueue | undefined
  const open = () => {
    stream = new ChunkQueue()
    send({ kind: 'open' })
    return chunksOf(stream, send)
  }
  port.on('message', (message: ToThread) => {
    if (message.kind !== 'read') {
      stream?.push(message)
      return
    }
    // The other end stops the whole thread to abort.
    const { signal } = new AbortController()
    const { mediaType, packagesAlone } = message
    readLayerEvidence({ open, mediaType, packagesAlone, signal }).then(
      (evidence) => {
        const bytes = Uint8Array.from(encodeEvidence(evidence, packagesAlone ? packageEvidenceVersion : evidenceVersion))
        send({ kind: 'done', evidence: bytes }, [bytes.buffer])
      },
      (error: unknown) => send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
    )
  })
}

type StreamMessage = Exclude<ToThread, { kind: 'read' }>

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
      yield message.bytes
      send({ kind: 'next' })
    }
  } finally {
    if (!isOver) send({ kind: 'close' })
  }
}
