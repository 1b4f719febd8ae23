import { EventEmitter } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { lend } from '../../src/formats/lent-bytes.ts'
import { examineIn } from '../../src/scan/examining-thread.ts'

const MiB = 1024 * 1024

/** A thread that uses nothing up until it is told to. */
class SlowThread extends EventEmitter {
  postMessage(message: unknown, transfer: ArrayBuffer[] = []): void {
    structuredClone(message, { transfer })
  }

  usesOne(): void {
    this.emit('message', { kind: 'next' })
  }
}

test.each([
  ['24 MiB', 4 * MiB, 6],
  ['24 MiB', 13 * MiB, 2],
  ['24 messages', 1, 24],
])('a thread that is behind by %s, of %i bytes each, is waited for', async (_, bytes, count) => {
  const thread = new SlowThread()
  const { push, stop } = examineIn(thread as unknown as Worker, 'application/vnd.oci.image.layer.v1.tar', async () => {})
  const pushed = Array.from({ length: count }, () => push([lend(new Uint8Array(bytes))]))
  expect(pushed.map((waiting) => waiting !== undefined)).toEqual([...Array(count - 1).fill(false), true])
  thread.usesOne()
  await pushed.at(-1)
  await stop()
})
