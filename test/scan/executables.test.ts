import { describe, expect, test } from 'vitest'
import type { LayerEntry } from '../../src/oci/layer.ts'
import { executables } from '../../src/scan/executables.ts'
import { packed, program } from '../builders/image-series.ts'

const entry = (path: string, mode = 0o755, sizeBytes = 1000): LayerEntry => ({
  path,
  type: 'file',
  mode,
  uid: 0,
  gid: 0,
  sizeBytes,
  modifiedSeconds: 0,
})

/** In pieces of so many bytes, as long as more is wanted. */
function examine(bytes: Uint8Array, path = 'usr/bin/x', mode = 0o755, pieceBytes = 64 * 1024) {
  const examination = executables.open(entry(path, mode, bytes.length))
  if (!examination) return { remarks: undefined, read: 0 }
  let read = 0
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = bytes.subarray(at, at + pieceBytes)
    read += piece.length
    if (examination.write(piece) === false) break
  }
  return { remarks: examination.end(), read }
}

describe('a program', () => {
  test('is known by its beginning, and compiled code is less random than packed', () => {
    const [plain, dense] = [program(1, 100_000), packed(1, 100_000)].map((bytes) => examine(bytes).remarks?.[0]?.entropy ?? 0)
    expect({ plain: (plain ?? 8) < 6.5, dense: (dense ?? 0) > 7.9 }).toEqual({ plain: true, dense: true })
  })

  test('has the entropy that Shannon gives every third of its bytes', () => {
    const bytes = Buffer.from([0x7f, 0x45, 0x4c, 0x46, ...Array.from({ length: 252 }, (_, index) => index + 4)])
    const counts = new Map<number, number>()
    for (const byte of bytes.filter((_, index) => index % 3 === 0)) counts.set(byte, (counts.get(byte) ?? 0) + 1)
    const expected = counts.values().reduce((sum, count) => sum - (count / 86) * Math.log2(count / 86), 0)
    expect(examine(bytes).remarks).toEqual([{ kind: 'executable', path: 'usr/bin/x', entropy: Math.round(expected * 100) / 100 }])
  })

  test('is read no further than 64 KiB, and gives the same in small pieces', () => {
    const bytes = packed(2, 300_000)
    const [whole, small] = [examine(bytes), examine(bytes, 'usr/bin/x', 0o755, 1000)]
    expect(whole.read).toBe(64 * 1024)
    expect(small.read).toBe(66_000)
    expect(small.remarks).toEqual(whole.remarks)
    expect(examine(bytes, 'usr/bin/x', 0o755, 3).remarks).toEqual(whole.remarks)
  })

  test.each([
    ['a script', Buffer.from(`#!/bin/sh\n${'echo '.repeat(50)}`)],
    ['zeros', Buffer.alloc(200)],
    ['the magic alone in the middle', Buffer.concat([Buffer.alloc(100), program(1, 200)])],
  ])('is none of %s, whose bytes are not wanted after the first piece', (_, bytes) => {
    expect(examine(bytes, 'usr/bin/x', 0o755, 10)).toEqual({ remarks: [], read: 10 })
  })

  test.each([
    ['usr/share/data', 0o644, false],
    ['usr/lib/libx.so.1.2', 0o644, true],
    ['app/build/addon.node', 0o644, true],
    ['usr/lib/libx.so.conf', 0o644, false],
    ['usr/bin/setuid', 0o4711, true],
  ])('at %s of mode %o is looked at: %j', (path, mode, isWanted) => {
    expect(executables.open(entry(path, mode)) !== undefined).toBe(isWanted)
  })

  test('of fewer bytes than a header is none', () => {
    expect(executables.open(entry('usr/bin/x', 0o755, 51))).toBeUndefined()
  })
})
