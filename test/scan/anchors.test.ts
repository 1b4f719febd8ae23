import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { assembled } from '../../scripts/assemble.ts'
import { indexAnchors } from '../../src/scan/anchors.ts'
import { isInText } from '../../src/scan/text-runs.ts'

type Hit = readonly [start: number, item: string]

const anchors = ['AKIA', 'ghp_', 'glpat-', '-----BEGIN ', 'xoxb-', 'PASSword', 'aaaa', 'aaab', '0123456789abcdef']
const insensitive = ['api_key', 'secret']
const entries = [
  ...anchors.map((text) => ({ text, anyCase: false, item: text })),
  ...insensitive.map((text) => ({ text, anyCase: true, item: text })),
]
const index = indexAnchors(entries)

function found(how: 'find' | 'findInTexts', bytes: Uint8Array, from = 0, to = bytes.length): Hit[] {
  const hits: Hit[] = []
  index[how](bytes, from, to, (start, items) => hits.push(...items.map((item) => [start, item] as const)))
  return hits.sort(inOrder)
}

/** Every place, every text. */
function expected(bytes: Uint8Array, from = 0, to = bytes.length): Hit[] {
  const hits: Hit[] = []
  const text = Buffer.from(bytes).toString('latin1')
  for (const { text: anchor, anyCase } of entries) {
    const [where, what] = anyCase ? [text.toLowerCase(), anchor.toLowerCase()] : [text, anchor]
    for (let at = where.indexOf(what, from); at >= 0 && at + what.length <= to; at = where.indexOf(what, at + 1)) hits.push([at, anchor])
  }
  return hits.sort(inOrder)
}

function expectedInTexts(bytes: Uint8Array, from = 0, to = bytes.length): Hit[] {
  return expected(bytes, from, to).filter(([start]) => isInText(bytes, start, from, to))
}

function inOrder([left, one]: Hit, [right, other]: Hit): number {
  return left - right || (one < other ? -1 : 1)
}

/** Numbers below one, the same for the same seed. Park and Miller, 1988. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** Bytes of any kind, texts short and long, and anchors in all of them. */
function mixed(length: number, seed: number): Buffer {
  const next = numbers(seed)
  const pick = (count: number) => Math.floor(next() * count)
  const parts: Buffer[] = []
  for (let size = 0; size < length; ) {
    const kind = pick(4)
    const filler = Buffer.from(Array.from({ length: pick(kind === 0 ? 200 : 24) }, () => (kind < 2 ? pick(256) : 0x20 + pick(95))))
    const anchor = entries[pick(entries.length)]
    const text = anchor ? (anchor.anyCase && kind % 2 ? anchor.text.toUpperCase() : anchor.text) : ''
    const part = Buffer.concat([filler, Buffer.from(kind === 3 ? text.slice(0, pick(text.length)) : text, 'latin1')])
    parts.push(part)
    size += part.length
  }
  return Buffer.concat(parts).subarray(0, length)
}

describe('anchors', () => {
  test('are all found, and nothing else, in bytes of every kind', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const bytes = mixed(50 + seed * 13, seed)
      expect(found('find', bytes), `seed ${seed}`).toEqual(expected(bytes))
      expect(found('findInTexts', bytes), `seed ${seed}`).toEqual(expectedInTexts(bytes))
    }
  })

  test('are found at each place beside each end of the part that is looked at', () => {
    const bytes = mixed(600, 7)
    for (let cut = 0; cut < 90; cut++)
      for (const [from, to] of [
        [cut, 600],
        [0, 600 - cut],
        [200 + cut, 300 + cut],
      ] as const) {
        expect(found('find', bytes, from, to), `${from} to ${to}`).toEqual(expected(bytes, from, to))
        expect(found('findInTexts', bytes, from, to), `${from} to ${to}`).toEqual(expectedInTexts(bytes, from, to))
      }
  })

  test('in texts of each length at each place are found from the least length on', () => {
    for (let length = 4; length < 100; length++)
      for (let place = 0; place < 70; place++) {
        const bytes = Buffer.from(
          `${'\0'.repeat(70 + place)}${'.'.repeat(Math.floor((length - 4) / 2))}AKIA${'.'.repeat(Math.ceil((length - 4) / 2))}\0\0\0`,
        )
        expect(found('findInTexts', bytes), `${length} at ${place}`).toEqual(expectedInTexts(bytes))
      }
  })

  test('are found across the blocks that are looked through at once, and once each', () => {
    const block = 1024 * 1024
    for (const shift of [-30, -17, -11, -4, -3, -2, -1, 0, 1, 5, 64, 70]) {
      const bytes = Buffer.alloc(2 * block + 500, 0)
      const text = 'a text that holds ghp_ and api_key'
      for (const at of [block + shift, 2 * block + shift]) bytes.write(text, at, 'latin1')
      const starts = [block, 2 * block].flatMap((at): Hit[] => [
        [at + shift + 18, 'ghp_'],
        [at + shift + 27, 'api_key'],
      ])
      expect(found('find', bytes), `${shift}`).toEqual(starts)
      expect(found('findInTexts', bytes), `${shift}`).toEqual(starts)
    }
  })

  test('are found however many there are', () => {
    const bytes = Buffer.from('a'.repeat(300_000))
    expect(found('find', bytes)).toHaveLength(299_997)
    expect(found('findInTexts', bytes)).toHaveLength(299_997)
  })

  test('of what was looked through before leave nothing behind', () => {
    found('find', Buffer.from('AKIA'.repeat(1000)))
    expect(found('find', Buffer.from('AKI'))).toEqual([])
    expect(found('find', Buffer.alloc(3000))).toEqual([])
    expect(found('findInTexts', Buffer.from('\0\0AK'))).toEqual([])
  })

  test('may be searched for while others are told of', () => {
    const bytes = Buffer.concat([Buffer.from('AKIA'), Buffer.alloc(1_200_000), Buffer.from('AKIA'), Buffer.alloc(100)])
    const starts: number[] = []
    index.find(bytes, 0, bytes.length, (start) => {
      starts.push(start)
      found('find', Buffer.from('xoxb-'.repeat(20_000)))
    })
    expect(starts).toEqual([0, 1_200_004])
  })

  test('that are too short, or not ASCII, are refused', () => {
    expect(() => indexAnchors([{ text: 'abc', anyCase: false, item: 1 }])).toThrow(RangeError)
    expect(() => indexAnchors([{ text: 'schlüssel', anyCase: false, item: 1 }])).toThrow(RangeError)
  })
})

test('the module is what its text assembles to', async () => {
  expect(await readFile(new URL('../../src/scan/anchor-scan.ts', import.meta.url), 'utf8')).toBe(await assembled())
})
