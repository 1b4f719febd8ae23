/** Threads that read layers while this one fetches and checks their bytes. */
import { Worker } from 'node:worker_threads'
import { isCompiledKept } from '../compile-cache.ts'
import { givenBack } from '../formats/lent-bytes.ts'
import { examineIn, type LayerExamination } from './examining-thread.ts'
import type { FromThread, LayerTask, ToThread } from './layer-worker.ts'
import { type ThreadData, threadPurpose } from './thread-purpose.ts'

export interface LayerThreads {
  /**
   * Encoded evidence. Throws ThreadError where the thread itself failed (the layer can then be read without one), any other Error for a layer
   * that cannot be read, and what `signal` was aborted with.
   */
  read(open: () => AsyncIterable<Uint8Array>, mediaType: string, signal: AbortSignal, kind?: LayerTask['kind']): Promise<Uint8Array>
  /** Examiners alone, of a layer that somebody else reads. */
  examine?(mediaType: string): LayerExamination
}

export class ThreadError extends Error {
  override readonly name = 'ThreadError'
}

/** Chunks that are on their way to a thread. */
const window = 8

/** Threads start when they are needed, wait for the next layer, and do not keep the process alive. */
export function createLayerThreads(url: URL = threadUrl()): LayerThreads {
  const idle: Worker[] = []
  const take = (): Worker => {
    const thread =
      idle.pop() ?? new Worker(url, { workerData: { purpose: threadPurpose, keepsCompiled: isCompiledKept() } satisfies ThreadData })
    thread.ref()
    return thread
  }
  // Whatever a thread was in the middle of when something went wrong is not the next layer's business.
  const give = async (thread: Worker, isGood: boolean): Promise<void> => {
    if (!isGood) return void (await thread.terminate())
    thread.unref()
    idle.push(thread)
  }
  return {
    async read(open, mediaType, signal, kind = 'read') {
      signal.throwIfAborted()
      const thread = take()
      let isGood = false
      try {
        const evidence = await runLayer(thread, open, { kind, mediaType }, signal)
        isGood = true
        return evidence
      } finally {
        await give(thread, isGood)
      }
    },
    examine(mediaType) {
      const thread = take()
      return examineIn(thread, mediaType, (isGood) => give(thread, isGood))
    },
  }
}

/** Beside this module: in the sources, or in a bundle (`dist/layer-worker.js`, and this in `dist` or `dist/chunks`). */
function threadUrl(): URL {
  const here = import.meta.url
  if (here.endsWith('.ts')) return new URL('./layer-worker.ts', here)
  return new URL(here.includes('/chunks/') ? '../layer-worker.js' : './layer-worker.js', here)
}

function runLayer(thread: Worker, open: () => AsyncIterable<Uint8Array>, task: ToThread, signal: AbortSignal): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const send = (message: ToThread, transfer: ArrayBuffer[] = []) => thread.postMessage(message, transfer)
    let feed: Feed | undefined
    const settle = (finish: () => void) => {
      feed?.stop()
      signal.removeEventListener('abort', onAbort)
      thread.off('error', onError).off('exit', onExit).off('message', onMessage)
      finish()
    }
    const onAbort = () => settle(() => reject(signal.reason))
    const onError = (cause: unknown) => settle(() => reject(new ThreadError('thread that reads layers failed', { cause })))
    const onExit = () => settle(() => reject(new ThreadError('thread that reads layers ended')))
    const onMessage = (message: FromThread) => {
      if (message.kind === 'open') feed = new Feed(open(), send)
      else if (message.kind === 'next') feed?.more()
      else if (message.kind === 'close') feed?.stop()
      else if (message.kind === 'done') settle(() => resolve(message.evidence))
      else if (message.kind === 'failed') settle(() => reject(feed?.error ?? new Error(message.message)))
    }
    signal.addEventListener('abort', onAbort)
    thread.on('error', onError).on('exit', onExit).on('message', onMessage)
    send(task)
  })
}

/** Sends a stream to a thread, no further ahead than the window. */
class Feed {
  /** What the stream threw. */
  error: Error | undefined
  #credit = window
  #isStopped = false
  #wake: (() => void) | undefined

  constructor(bytes: AsyncIterable<Uint8Array>, send: (message: ToThread, transfer?: ArrayBuffer[]) => void) {
    void this.#run(bytes, send)
  }

  more(): void {
    this.#credit++
    this.#wake?.()
  }

  stop(): void {
    this.#isStopped = true
    this.#wake?.()
  }

  async #run(bytes: AsyncIterable<Uint8Array>, send: (message: ToThread, transfer?: ArrayBuffer[]) => void): Promise<void> {
    try {
      for await (const chunk of givenBack(bytes)) {
        while (this.#credit === 0 && !this.#isStopped) {
          await new Promise<void>((resolve) => {
            this.#wake = resolve
          })
        }
        if (this.#isStopped) return
        this.#credit--
        // Given away: a copy, since the giver may use its memory again.
        const copy = Uint8Array.from(chunk)
        send({ kind: 'chunk', bytes: [copy] }, [copy.buffer])
      }
      if (!this.#isStopped) send({ kind: 'end' })
    } catch (error) {
      this.error = error instanceof Error ? error : new Error(String(error))
      if (!this.#isStopped) send({ kind: 'fail', message: this.error.message })
    }
  }
}
