/** Looks for secrets in the bytes of one file, piece by piece: anchors first, and an expression only where an anchor stands. */
import { type AnchorIndex, indexAnchors } from '../anchors.ts'
import { byEnding } from '../path-endings.ts'
import { leastText } from '../text-runs.ts'
import { digestOf } from './digest.ts'
import { lookBehind, reach, type SecretKind } from './kind.ts'
import { countLineEnds } from './line-ends.ts'
import { isSpecimen } from './specimens.ts'
import { type ByteForm, decoderOf, formOf, sniffedBytes } from './text-form.ts'

export interface FoundSecret {
  readonly kind: SecretKind
  /** In the file's bytes (of UTF-16: as UTF-8), the end exclusive. */
  readonly start: number
  readonly end: number
  /** Counts from 1; absent in what is not text. */
  readonly line?: number
  /** It is never to be printed or kept. */
  readonly secret: string
  /** See `digestOf`. */
  readonly hash: string
  readonly expires?: number
}

export interface SearchResult {
  /** In the order of the file; the same secret once, at its first place. */
  readonly found: readonly FoundSecret[]
  /** Values that are about the same bytes as one of those, which says more of them: to be covered like it. */
  readonly overlapped: readonly string[]
  /** There is more, and nobody looked at it. */
  readonly isCut: boolean
}

export interface SecretSearch {
  /** Pieces in order; nothing is held of them when it returns. False where no more of them is wanted. */
  write(piece: Uint8Array): boolean
  end(): SearchResult
}

export interface SecretEngine {
  /** `sizeBytes` is what the file says to have: where the first piece is all of it, it is not copied. */
  open(path: string, sizeBytes?: number): SecretSearch
}

const nothing = Buffer.alloc(0)
const windowBytes = 256 * 1024
/** Distinct secrets of one file: what has more is a list of them, or made to keep us busy. */
const foundLimit = 100
/** Beginnings of keys with nothing behind them: a file that has more is made to keep us busy. */
const emptyBlocksLimit = 20_000
/** So much of a file is made text of at once. */
const textBytes = 4096

/** Throws RangeError for kinds whose anchors are too short. */
export function secretEngine(kinds: readonly SecretKind[]): SecretEngine {
  const texts = indexOf(kinds.filter(({ reads }) => !reads))
  const inSomeFiles = byEnding(kinds.filter(({ reads }) => reads))
  const byKinds = new Map<string, AnchorIndex<SecretKind>>()
  // Names that mean nothing elsewhere are looked for in those files alone.
  const indexFor = (path: string): AnchorIndex<SecretKind> | undefined => {
    const candidates = inSomeFiles(path)
    if (!candidates.some(({ reads }) => reads?.(path))) return undefined
    const wanted = candidates.filter(({ reads }) => reads?.(path))
    const key = wanted.map(({ id }) => id).join(' ')
    const index = byKinds.get(key) ?? indexOf(wanted)
    byKinds.set(key, index)
    return index
  }
  const binaries = indexOf(kinds.filter(({ inBinaries }) => inBinaries))
  const longestAnchor = Math.max(...kinds.flatMap(({ anchors }) => anchors.map(({ length }) => length)))
  const longestBlock = Math.max(0, ...kinds.map(({ block }) => block?.limit ?? 0))
  const tail = Math.max(reach, longestBlock) + longestAnchor
  return { open: (path, sizeBytes) => new Search(sizeBytes, { texts, named: indexFor(path), binaries, longestAnchor, tail }) }
}

function indexOf(kinds: readonly SecretKind[]): AnchorIndex<SecretKind> {
  return indexAnchors(kinds.flatMap((item) => item.anchors.map((text) => ({ text, anyCase: item.anyCase ?? false, item }))))
}

interface Indexes {
  readonly texts: AnchorIndex<SecretKind>
  /** What is only looked for in files of this name. */
  readonly named: AnchorIndex<SecretKind> | undefined
  readonly binaries: AnchorIndex<SecretKind>
  readonly longestAnchor: number
  /** Bytes behind an anchor that are needed to judge it. */
  readonly tail: number
}

class Search implements SecretSearch {
  readonly #sizeBytes: number | undefined
  readonly #indexes: Indexes
  /** Most files have nothing: made when it is needed. */
  #found: Map<string, FoundSecret> | undefined
  #matchedTo: Map<SecretKind, number> | undefined
  #isCut = false
  #emptyBlocks = 0
  #form: ByteForm | undefined
  #decoder: ((piece: Uint8Array, isLast: boolean) => Uint8Array) | undefined
  /** Bytes that are not judged yet, and before them those that an expression may look back at. */
  #window = nothing
  #length = 0
  /** Where the window begins in the file. */
  #base = 0
  /** Anchors that begin before it are judged; in the window. */
  #judged = 0
  /** Line ends before `#countedTo`, which is a place in the window. */
  #lines = 0
  #countedTo = 0
  #text = ''
  #textStart = 0
  #textEnd = 0

  constructor(sizeBytes: number | undefined, indexes: Indexes) {
    this.#sizeBytes = sizeBytes
    this.#indexes = indexes
  }

  write(piece: Uint8Array): boolean {
    if (this.#isOver()) return false
    const isWhole = this.#form === undefined && this.#length === 0 && piece.length === this.#sizeBytes
    if (isWhole) this.#judgeWhole(piece)
    else this.#take(piece)
    return !this.#isOver()
  }

  /** All of the file, which is not copied where it need not be decoded. */
  #judgeWhole(piece: Uint8Array): void {
    this.#form = formOf(piece)
    this.#decoder = decoderOf(this.#form)
    if (this.#decoder) this.#take(piece)
    else if (this.#form !== 'packed') this.#judge(Buffer.from(piece.buffer, piece.byteOffset, piece.length), piece.length, true)
  }

  end(): SearchResult {
    if (this.#form === undefined) this.#settleForm()
    if (!this.#isOver()) {
      const rest = this.#decoder?.(new Uint8Array(0), true)
      if (rest) this.#append(rest)
      this.#judge(this.#window, this.#length, true)
    }
    return this.#found
      ? { ...withoutOverlaps([...this.#found.values()]), isCut: this.#isCut }
      : { found: [], overlapped: [], isCut: this.#isCut }
  }

  #isOver(): boolean {
    return this.#isCut || this.#form === 'packed'
  }

  #take(piece: Uint8Array): void {
    let rest = piece
    if (this.#form === undefined) {
      // Too little to tell what it is: kept as it came. No more than tells it, lest a window is judged before.
      const missing = sniffedBytes - this.#length
      this.#append(piece.subarray(0, missing))
      if (this.#length < sniffedBytes) return
      this.#settleForm()
      rest = piece.subarray(missing)
    }
    if (rest.length > 0 && this.#form !== 'packed') this.#append(this.#decoder ? this.#decoder(rest, false) : rest)
  }

  #settleForm(): void {
    const bytes = Uint8Array.from(this.#window.subarray(0, this.#length))
    this.#form = formOf(bytes)
    this.#decoder = decoderOf(this.#form)
    if (!this.#decoder) return
    this.#length = 0
    this.#append(this.#decoder(bytes, false))
  }

  #append(piece: Uint8Array): void {
    for (let at = 0; at < piece.length && !this.#isOver(); ) {
      const needed = Math.min(windowBytes, this.#length + piece.length - at)
      if (this.#window.length < needed) {
        const larger = Buffer.allocUnsafe(needed > sniffedBytes ? windowBytes : sniffedBytes)
        larger.set(this.#window.subarray(0, this.#length))
        this.#window = larger
      }
      const count = Math.min(this.#window.length - this.#length, piece.length - at)
      this.#window.set(piece.subarray(at, at + count), this.#length)
      this.#length += count
      at += count
      if (this.#length === windowBytes) this.#move()
    }
  }

  /** Judges what the window holds, and keeps the end of it. */
  #move(): void {
    this.#judge(this.#window, this.#length, false)
    const keepFrom = Math.max(0, this.#judged - lookBehind)
    if (this.#form !== 'binary') this.#countTo(this.#window, keepFrom)
    this.#window.copyWithin(0, keepFrom, this.#length)
    this.#length -= keepFrom
    this.#base += keepFrom
    this.#judged -= keepFrom
    this.#countedTo = Math.max(0, this.#countedTo - keepFrom)
    this.#textEnd = 0
  }

  #judge(bytes: Buffer, length: number, isLast: boolean): void {
    const { texts, named, binaries, longestAnchor, tail } = this.#indexes
    const stop = isLast ? length : Math.max(this.#judged, length - tail)
    const to = Math.min(length, stop + Math.max(longestAnchor, leastText))
    this.#textEnd = 0
    const onHit = (start: number, kinds: readonly SecretKind[]) => {
      if (start >= stop || this.#isCut) return
      for (const kind of kinds) this.#tryKind(kind, bytes, length, start)
    }
    if (this.#form === 'binary') binaries.findInTexts(bytes, this.#judged, to, onHit)
    else {
      texts.find(bytes, this.#judged, to, onHit)
      named?.find(bytes, this.#judged, to, onHit)
    }
    this.#judged = stop
  }

  #tryKind(kind: SecretKind, bytes: Buffer, length: number, anchor: number): void {
    this.#showText(bytes, length, anchor)
    // What lies within a match is not looked at again.
    if (anchor + this.#base < (this.#matchedTo?.get(kind) ?? 0)) return
    const { expression } = kind
    expression.lastIndex = anchor - this.#textStart
    const match = expression.exec(this.#text)
    if (match === null) return
    const { secret: named, lead } = match.indices?.groups ?? {}
    const from = lead?.[0] ?? named?.[0] ?? match.index
    const to = named?.[1] ?? match.index + match[0].length
    const secret = this.#text.slice(from, to)
    if (kind.isGenuine && !kind.isGenuine(secret, match)) return
    this.#matchedTo ??= new Map()
    this.#matchedTo.set(kind, this.#base + this.#textStart + to)
    if (kind.block) this.#readBlock(kind, kind.block, bytes, length, anchor, match[0].length)
    else this.#keep(kind, bytes, this.#textStart + from, this.#textStart + to, secret)
  }

  #readBlock(
    kind: SecretKind,
    { until, limit, read }: NonNullable<SecretKind['block']>,
    bytes: Buffer,
    length: number,
    anchor: number,
    matched: number,
  ): void {
    const last = Math.min(length, anchor + limit)
    const found = until === undefined ? last : bytes.subarray(anchor + matched, last).indexOf(until, 0, 'latin1')
    const end = until === undefined ? last : Math.min(last, anchor + matched + found + reach)
    const block = found < 0 ? undefined : read(bytes.toString('latin1', anchor, end))
    if (block) this.#keep(kind, bytes, anchor, anchor + block.length, block.secret)
    else if (++this.#emptyBlocks > emptyBlocksLimit) this.#isCut = true
  }

  /** Makes text of what is around an anchor, and of some more: the next one is close. */
  #showText(bytes: Buffer, length: number, anchor: number): void {
    const start = Math.max(0, anchor - lookBehind)
    const end = Math.min(length, anchor + this.#indexes.longestAnchor + reach)
    if (this.#textEnd > 0 && this.#textStart <= start && this.#textEnd >= end) return
    this.#textStart = start
    this.#textEnd = Math.min(length, end + textBytes)
    this.#text = bytes.toString('latin1', this.#textStart, this.#textEnd)
  }

  #keep(kind: SecretKind, bytes: Buffer, start: number, end: number, secret: string): void {
    if (isSpecimen(secret, kind)) return
    // Not by its digest: of passwords that has too few digits, and what is not found is not covered either.
    const key = `${kind.id} ${secret}`
    this.#found ??= new Map()
    if (this.#found.has(key)) return
    if (this.#found.size >= foundLimit) {
      this.#isCut = true
      return
    }
    const expires = kind.expires?.(secret)
    const line = this.#form === 'binary' ? undefined : this.#lineAt(bytes, start)
    this.#found.set(key, {
      kind,
      start: this.#base + start,
      end: this.#base + end,
      ...(line !== undefined && { line }),
      secret,
      hash: digestOf(secret, kind),
      ...(expires !== undefined && { expires }),
    })
  }

  #lineAt(bytes: Buffer, place: number): number {
    // Anchors come almost in order: a place before what was counted is close.
    if (place < this.#countedTo) {
      for (let at = this.#countedTo - 1; at >= place; at--) if (bytes[at] === 0x0a) this.#lines--
      this.#countedTo = place
    }
    this.#countTo(bytes, place)
    return this.#lines + 1
  }

  #countTo(bytes: Buffer, place: number): void {
    if (place > this.#countedTo) this.#lines += countLineEnds(bytes, this.#countedTo, place)
    this.#countedTo = Math.max(this.#countedTo, place)
  }
}

/** Where two are about the same bytes, the one that says more. */
function withoutOverlaps(found: readonly FoundSecret[]): Pick<SearchResult, 'found' | 'overlapped'> {
  const order = [...found].sort((left, right) => left.start - right.start)
  const kept: FoundSecret[] = []
  const overlapped: string[] = []
  for (const secret of order) {
    const clash = kept.findIndex((other) => secret.start < other.end && other.start < secret.end)
    const other = kept[clash]
    if (!other) {
      kept.push(secret)
      continue
    }
    const says = rank(secret) > rank(other)
    if (says) kept[clash] = secret
    overlapped.push((says ? other : secret).secret)
  }
  return { found: kept, overlapped }
}

const weights = { critical: 4, high: 3, medium: 2, low: 1, unknown: 0 }

function rank({ kind }: FoundSecret): number {
  return (kind.isCertain ? 8 : 0) + weights[kind.severity]
}
