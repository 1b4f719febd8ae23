/**
 * Finds many short texts in bytes, in one pass that looks at a part of them only. S. Wu, U. Manber, A Fast Algorithm for Multi-Pattern Searching,
 * 1994: the last two bytes of a window say how far it can be moved without missing anything.
 */

/** `find` calls `onHit` with the place of an anchor's first byte and what was given with it, in no set order where two places overlap. */
export interface AnchorIndex<Item> {
  find(bytes: Uint8Array, from: number, to: number, onHit: (start: number, items: readonly Item[]) => void): void
}

export interface AnchorEntry<Item> {
  readonly text: string
  readonly anyCase: boolean
  readonly item: Item
}

/** Of each anchor so many bytes are looked for at first. */
const width = 4

interface Anchor<Item> {
  readonly bytes: Uint8Array
  readonly anyCase: boolean
  /** Where its window begins in it. */
  readonly offset: number
  readonly items: Item[]
}

/** Throws RangeError for an anchor of less than four characters, or with others than ASCII. */
export function indexAnchors<Item>(entries: readonly AnchorEntry<Item>[]): AnchorIndex<Item> {
  const shifts = new Uint8Array(65_536).fill(width - 1)
  const windows = new Uint8Array(65_536)
  const byWindow = new Map<number, Anchor<Item>[]>()
  for (const anchor of anchorsOf(entries)) {
    const window = anchor.bytes.subarray(anchor.offset, anchor.offset + width)
    for (let at = 1; at < width; at++) {
      for (const left of spellings(window[at - 1] ?? 0, anchor.anyCase)) {
        for (const right of spellings(window[at] ?? 0, anchor.anyCase)) {
          const block = (left << 8) | right
          shifts[block] = Math.min(shifts[block] ?? 0, width - 1 - at)
        }
      }
    }
    const key = windowKey(window, 0)
    windows[scattered(key)] = 1
    const known = byWindow.get(key)
    if (known) known.push(anchor)
    else byWindow.set(key, [anchor])
  }

  function tell(bytes: Uint8Array, at: number, from: number, to: number, onHit: (start: number, items: readonly Item[]) => void): void {
    const anchors = byWindow.get(windowKey(bytes, at))
    if (!anchors) return
    for (const anchor of anchors) {
      const start = at - anchor.offset
      if (start >= from && standsAt(bytes, start, to, anchor)) onHit(start, anchor.items)
    }
  }

  return {
    find(bytes, from, to, onHit) {
      for (let at = from + width - 1; at < to; ) {
        const shift = shifts[((bytes[at - 1] as number) << 8) | (bytes[at] as number)] as number
        if (shift !== 0) at += shift
        else {
          if (windows[scattered(windowKey(bytes, at - 3))] === 1) tell(bytes, at - 3, from, to, onHit)
          at++
        }
      }
    },
  }
}

/** Each text once, with all that it is wanted for. */
function anchorsOf<Item>(entries: readonly AnchorEntry<Item>[]): Anchor<Item>[] {
  const anchors = new Map<string, Anchor<Item>>()
  for (const { text, anyCase, item } of entries) {
    if (text.length < width || !/^[\x20-\x7e]+$/.test(text))
      throw new RangeError(`anchor ${JSON.stringify(text)} is too short or not ASCII`)
    const wanted = anyCase ? text.toLowerCase() : text
    const key = `${anyCase} ${wanted}`
    const known = anchors.get(key)
    if (known) known.items.push(item)
    else anchors.set(key, { bytes: Buffer.from(wanted, 'latin1'), anyCase, offset: rarestWindow(wanted), items: [item] })
  }
  return [...anchors.values()]
}

/** From what program texts have most down to what they have least. */
const common = ' etaoinsrlc_dupmh.gf"-/\'=,:(b2yw0)x1;vk3458679*@#q+zj'

/** Where the four characters begin that stop the search least often: the last two of them do, and the two before make it slow. */
function rarestWindow(text: string): number {
  const weight = (character = ''): number => {
    const place = common.indexOf(character.toLowerCase())
    const isUpper = character !== character.toLowerCase()
    return (place < 0 ? 1 : common.length - place + 1) ** 2 / (isUpper ? 8 : 1)
  }
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (let start = 0; start + width <= text.length; start++) {
    const [a = 0, b = 0, c = 0, d = 0] = [...text.slice(start, start + width)].map(weight)
    const cost = 4 * c * d + 2 * b * c + a * b
    if (cost < least) {
      least = cost
      best = start
    }
  }
  return best
}

function spellings(byte: number, anyCase: boolean): readonly number[] {
  return anyCase && byte >= 0x61 && byte <= 0x7a ? [byte, byte - 0x20] : [byte]
}

/** Of four bytes, whatever the case of letters; some that are no letters fall together, and are told apart later. */
function windowKey(bytes: Uint8Array, at: number): number {
  const left = ((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16)
  return left | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number) | 0x20202020
}

/** Sixteen bits of it: Knuth's multiplicative hashing. */
function scattered(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> 16
}

function standsAt<Item>(bytes: Uint8Array, start: number, to: number, { bytes: wanted, anyCase }: Anchor<Item>): boolean {
  if (start + wanted.length > to) return false
  for (let at = 0; at < wanted.length; at++) {
    const byte = bytes[start + at] as number
    const lower = anyCase && byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte
    if (lower !== wanted[at]) return false
  }
  return true
}
