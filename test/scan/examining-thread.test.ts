import { EventEmitter } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { lend } from '../../src/formats/lent-bytes.ts'
import { examineIn } from '../../src/scan/examining-thread.ts'
import { ThreadError } from '../../src/scan/layer-threads.ts'

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

test('a thread that used up small messages alone is waited for while large ones are on their way', async () => {
  const thread = new SlowThread()
  const { push, stop } = examineIn(thread as unknown as Worker, 'application/vnd.oci.image.layer.v1.tar', async () => {})
  for (const bytes of [1, 1, 20 * MiB]) expect(push([lend(new Uint8Array(bytes))])).toBe(undefined)
  let isOver = false
  const pushed = Promise.resolve(push([lend(new Uint8Array(20 * MiB))])).then(() => {
    isOver = true
  })
  for (const expected of [false, false, true]) {
    thread.usesOne()
    await new Promise((resolve) => setImmediate(resolve))
    expect(isOver).toBe(expected)
  }
  await pushed
  await stop()
})

test.each(['exit', 'error'])('who waits for a thread goes on at its %s, and hears of it at the end', async (how) => {
  const thread = new SlowThread()
  const ends: boolean[] = []
  const { push, end } = examineIn(thread as unknown as Worker, 'application/vnd.oci.image.layer.v1.tar', async (isGood) => {
    ends.push(isGood)
  })
  const pushed = push([lend(new Uint8Array(24 * MiB))])
  thread.emit(how, new Error('out of memory'))
  await pushed
  expect(push([lend(new Uint8Array(24 * MiB))])).toBe(undefined)
  await expect(end()).rejects.toThrow(ThreadError)
  expect(ends).toEqual([false])
})
