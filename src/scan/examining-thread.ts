/** A thread that examiners work in, beside the one that reads packages: each sees all files of the layer, and neither waits for the other for long. */
import type { Worker } from 'node:worker_threads'
import { type SpentChunks, takeMemory } from '../formats/lent-bytes.ts'
import type { ExaminedLayer } from './examine-layer.ts'
import { ThreadError } from './layer-threads.ts'
import type { FromThread, ToThread } from './layer-worker.ts'

export interface LayerExamination {
  /** The next bytes of the layer: their memory goes to the thread, or a copy where others may have it. A promise where the thread is behind. */
  readonly push: SpentChunks
  /** After the last chunk. Throws whatever went wrong in between: the layer has to be read in another way then. */
  end(): Promise<ExaminedLayer>
  /** In place of `end`. */
  stop(): Promise<void>
}

/** What is on its way to the thread, in messages and in bytes: it starts for a fifth of a second, and some files take it longer than others. */
const window = { messages: 24, bytes: 24 * 1024 * 1024 }

/** `finish` is called with whether the thread can be used again. */
export function examineIn(thread: Worker, mediaType: string, finish: (isGood: boolean) => Promise<void>): LayerExamination {
  const send = (message: ToThread, transfer: ArrayBuffer[] = []) => thread.postMessage(message, transfer)
  /** Lengths of messages that the thread has not used up. */
  const sent: number[] = []
  let sentBytes = 0
  const isBehind = () => sent.length >= window.messages || sentBytes >= window.bytes
  let wake: (() => void) | undefined
  let isOver = false
  let isFinished = false
  let settle: (layer: ExaminedLayer | Error) => void = () => {}
  const result = new Promise<ExaminedLayer | Error>((resolve) => {
    settle = resolve
  })
  const over = (layer: ExaminedLayer | Error): void => {
    if (isOver) return
    isOver = true
    thread.off('error', onError).off('exit', onExit).off('message', onMessage)
    settle(layer)
    wake?.()
  }
  const onError = (cause: unknown) => over(new ThreadError('thread that examines layers failed', { cause }))
  const onExit = () => over(new ThreadError('thread that examines layers ended'))
  const onMessage = (message: FromThread): void => {
    if (message.kind === 'examined') over(message.layer)
    else if (message.kind === 'failed') over(new Error(message.message))
    else if (message.kind === 'next') {
      sentBytes -= sent.shift() ?? 0
      // One small message less may leave as many bytes as before.
      if (!isBehind()) wake?.()
    }
  }
  const giveBack = async (isGood: boolean): Promise<void> => {
    if (isFinished) return
    isFinished = true
    await finish(isGood)
  }
  thread.on('error', onError).on('exit', onExit).on('message', onMessage)
  send({ kind: 'examine', mediaType })
  return {
    push(chunks) {
      // What went wrong is told at the end.
      if (isOver) return
      const memory = chunks[0] && takeMemory(chunks[0])
      const bytes = memory ? chunks : chunks.map((chunk) => Uint8Array.from(chunk))
      // What is sent is empty here.
      const length = bytes.reduce((sum, one) => sum + one.length, 0)
      send({ kind: 'chunk', bytes }, memory ? [memory] : bytes.map(({ buffer }) => buffer as ArrayBuffer))
      sent.push(length)
      sentBytes += length
      if (!isBehind()) return
      return new Promise((resolve) => {
        wake = resolve
      })
    },
    async end() {
      if (!isOver) send({ kind: 'end' })
      const layer = await result
      await giveBack(!(layer instanceof Error))
      if (layer instanceof Error) throw layer
      return layer
    },
    async stop() {
      over(new Error('stopped'))
      await giveBack(false)
    },
  }
}
