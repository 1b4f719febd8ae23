import { expect, test } from 'vitest'
import { countLineEnds } from '../../../src/scan/secrets/line-ends.ts'

test('line feeds are counted whatever stands beside them, and wherever they begin and end', () => {
  const bytes = Uint8Array.from(
    { length: 4096 },
    (_, at) => [0x0a, 0x0b, 0x8a, 0x00, 0x09, 0xff, 0x0a, 0x0a][(at * 7 + (at >> 3)) % 8] ?? 0,
  )
  for (const offset of [0, 1, 2, 3])
    for (const [from, to] of [
      [0, 4000],
      [1, 3999],
      [5, 6],
      [7, 7],
      [3, 64],
      [2, 4090],
    ] as const) {
      const view = bytes.subarray(offset)
      expect(countLineEnds(view, from, to), `${offset} ${from} ${to}`).toBe(view.subarray(from, to).filter((byte) => byte === 0x0a).length)
    }
})
