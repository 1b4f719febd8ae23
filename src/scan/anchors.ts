/**
 * Finds many short texts in bytes, in one pass: of each text, four bytes are looked for. S. Wu, U. Manber, A Fast Algorithm for Multi-Pattern Searching,
 * 1994, looks at two bytes at once as this does, but goes on by what it saw, so that each look waits for the one before; here none does.
 */
import { type AnchorWindow, createAnchorScanner, windowBytes, windowKey } from './anchor-scanner.ts'
import { isInText } from './text-runs.ts'

/** Told of the place of an anchor's first byte, and of what was given with it; in no set order where two places overlap. */
export type AnchorHit<Item> = (start: number, items: readonly Item[]) => void

export interface AnchorIndex<Item> {
  find(bytes: Uint8Array, from: number, to: number, onHit: AnchorHit<Item>): void
  /** Only in texts as `isInText` has them. */
  findInTexts(bytes: Uint8Array, from: number, to: number, onHit: AnchorHit<Item>): void
}

export interface AnchorEntry<Item> {
  readonly text: string
  readonly anyCase: boolean
  readonly item: Item
}

interface Anchor<Item> {
  readonly bytes: Uint8Array
  readonly anyCase: boolean
  /** Where its window begins in it. */
  readonly offset: number
  readonly items: Item[]
}

/** Throws RangeError for an anchor of less than four characters, or with others than ASCII. */
export function indexAnchors<Item>(entries: readonly AnchorEntry<Item>[]): AnchorIndex<Item> {
  const anchors = anchorsOf(entries)
  const scanner = createAnchorScanner(anchors.map(windowOf))
  const byWindow = Map.groupBy(anchors, (anchor) => windowKey(anchor.bytes, anchor.offset))

  function search(bytes: Uint8Array, from: number, to: number, inTexts: boolean, onHit: AnchorHit<Item>): void {
    scanner.scan(bytes, from, to, inTexts, (place) => {
      for (const anchor of byWindow.get(windowKey(bytes, place)) ?? []) {
        const start = place - anchor.offset
        if (start >= from && standsAt(bytes, start, to, anchor) && (!inTexts || isInText(bytes, start, from, to)))
          onHit(start, anchor.items)
      }
    })
  }

  return {
    find: (bytes, from, to, onHit) => search(bytes, from, to, false, onHit),
    findInTexts: (bytes, from, to, onHit) => search(bytes, from, to, true, onHit),
  }
}

/** Each text once, with all that it is wanted for. */
function anchorsOf<Item>(entries: readonly AnchorEntry<Item>[]): Anchor<Item>[] {
  const anchors = new Map<string, Anchor<Item>>()
  for (const { text, anyCase, item } of entries) {
    if (text.length < windowBytes || !/^[\x20-\x7e]+$/.test(text))
      throw new RangeError(`anchor ${JSON.stringify(text)} is too short or not ASCII`)
    const wanted = anyCase ? text.toLowerCase() : text
    const key = `${anyCase} ${wanted}`
    const known = anchors.get(key)
    if (known) known.items.push(item)
    else anchors.set(key, { bytes: Buffer.from(wanted, 'latin1'), anyCase, offset: rarestWindow(wanted), items: [item] })
  }
  return [...anchors.values()]
}

function windowOf<Item>({ bytes, anyCase, offset }: Anchor<Item>): AnchorWindow {
  return { bytes: bytes.subarray(offset, offset + windowBytes), anyCase }
}

/** From what program texts have most down to what they have least. */
const common = ' etaoinsrlc_dupmh.gf"-/\'=,:(b2yw0)x1;vk3458679*@#q+zj'

/** Where the four characters begin that stop the search least often: three of them do, at one end or the other. */
function rarestWindow(text: string): number {
  const weight = (character = ''): number => {
    const place = common.indexOf(character.toLowerCase())
    const isUpper = character !== character.toLowerCase()
    return (place < 0 ? 1 : common.length - place + 1) ** 2 / (isUpper ? 8 : 1)
  }
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (let start = 0; start + windowBytes <= text.length; start++) {
    const [a = 0, b = 0, c = 0, d = 0] = [...text.slice(start, start + windowBytes)].map(weight)
    const cost = a * b * c + b * c * d
    if (cost < least) {
      least = cost
      best = start
    }
  }
  return best
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
