/**
 * One 512-byte header of a tar, read as container runtimes do (Go's archive/tar), so that nothing is one file to us and another to them.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06, https://www.gnu.org/software/tar/manual/html_node/Standard.html
 */
import { isUtf8 } from 'node:buffer'
import { TarError } from './tar-error.ts'

export const blockBytes = 512

export interface TarHeader {
  path: string
  /** The type flag as a character; NUL for a file or a directory of before POSIX. */
  flag: string
  mode: number
  uid: number
  gid: number
  /** Of the stored body. */
  sizeBytes: number
  linkPath: string
  modifiedSeconds: number
  /** The extended attribute `security.capability`, where an extended header has it. */
  capability?: string
}

export class HeaderDecoder {
  readonly #sums = new BlockSums()

  /** Of the block that starts at `start`. Throws TarError `malformed`, or `too-large` for a number that does not fit. */
  decode(bytes: Buffer, start: number, position: number): TarHeader {
    this.#check(bytes, start, position)
    const path = text(bytes, start, 100)
    const prefix = bytes[start + 345] === 0 ? '' : prefixOf(bytes, start)
    const flag = String.fromCharCode(bytes[start + 156] as number)
    const sizeBytes = number(bytes, start + 124, 12, position)
    if (sizeBytes < 0) throw new TarError('malformed', `the tar header at byte ${position} gives a negative size`)
    return {
      path: prefix === '' ? path : `${prefix}/${path}`,
      flag,
      mode: number(bytes, start + 100, 8, position) & 0o7777,
      uid: number(bytes, start + 108, 8, position),
      gid: number(bytes, start + 116, 8, position),
      sizeBytes,
      linkPath: flag === '1' || flag === '2' ? text(bytes, start + 157, 100) : '',
      modifiedSeconds: number(bytes, start + 136, 12, position),
    }
  }

  /** Old writers summed signed bytes; both sums are taken. */
  #check(bytes: Buffer, start: number, position: number): void {
    const expected = number(bytes, start + 148, 8, position)
    // The field itself counts as blanks.
    let sum = this.#sums.of(bytes, start) + 8 * 32
    for (let index = start + 148; index < start + 156; index++) sum -= bytes[index] as number
    if (expected !== sum && expected !== sum - 256 * highBytes(bytes, start))
      throw new TarError('malformed', `the tar header at byte ${position} has a wrong checksum`)
  }
}

/** Sums of the bytes of blocks. A layer has a header for each of its files, and a view of its own for each would cost more than the sum. */
class BlockSums {
  #memory: ArrayBufferLike | undefined
  #words: Int32Array = new Int32Array()

  /** Four bytes at a time in two sums of 16 bits, which 128 words do not fill. */
  of(bytes: Buffer, start: number): number {
    const from = bytes.byteOffset + start
    if (from % 4 !== 0) return this.of(Buffer.from(Uint8Array.from(bytes.subarray(start, start + blockBytes)).buffer), 0)
    if (bytes.buffer !== this.#memory) {
      this.#memory = bytes.buffer
      this.#words = new Int32Array(bytes.buffer, 0, Math.floor(bytes.buffer.byteLength / 4))
    }
    const words = this.#words
    const end = (from + blockBytes) / 4
    let sums = 0
    for (let index = from / 4; index < end; index++) {
      const word = words[index] as number
      sums += (word & 0x00ff00ff) + ((word >>> 8) & 0x00ff00ff)
    }
    return (sums & 0xffff) + (sums >>> 16)
  }
}

/** How many are above 127, but for the sum's own field. */
function highBytes(bytes: Buffer, start: number): number {
  let count = 0
  for (let index = 0; index < blockBytes; index++) if (index < 148 || index >= 156) count += (bytes[start + index] as number) >> 7
  return count
}

export function isZeroBlock(bytes: Buffer, start: number): boolean {
  for (let index = start; index < start + blockBytes; index++) if (bytes[index] !== 0) return false
  return true
}

/** Up to the first NUL. Bytes that are not UTF-8 become one character each, so that different names stay different. */
export function text(bytes: Buffer, start: number, length: number): string {
  const limit = Math.min(bytes.length, start + length)
  let end = start
  let isAscii = true
  for (; end < limit; end++) {
    const byte = bytes[end] ?? 0
    if (byte === 0) break
    if (byte > 127) isAscii = false
  }
  if (isAscii) return bytes.toString('latin1', start, end)
  return isUtf8(bytes.subarray(start, end)) ? bytes.toString('utf8', start, end) : bytes.toString('latin1', start, end)
}

/** Octal with blanks around it, or base 256 in two's complement when the first bit is set. */
export function number(block: Buffer, start: number, length: number, position: number): number {
  let value = 0
  for (let index = start; index < start + length; index++) {
    const digit = (block[index] ?? 0) - 48
    // Digits up to a NUL are what almost all headers have.
    if (digit < 0 || digit > 7) return digit === -48 && index > start ? value : unusualNumber(block, start, length, position)
    value = value * 8 + digit
  }
  return value
}

function unusualNumber(block: Buffer, start: number, length: number, position: number): number {
  const first = block[start] ?? 0
  if (first & 0x80) return base256(block, start, length, position)
  let end = start + length
  while (end > start && isBlank(block[end - 1])) end--
  let index = start
  while (index < end && isBlank(block[index])) index++
  let value = 0
  for (; index < end; index++) {
    const digit = (block[index] ?? 0) - 48
    // Some writers put another blank before the end: what follows the first NUL is not looked at, as in Go.
    if (block[index] === 0) break
    if (digit < 0 || digit > 7) throw new TarError('malformed', `the tar header at byte ${position} has a number that is not octal`)
    value = value * 8 + digit
  }
  return value
}

function base256(block: Buffer, start: number, length: number, position: number): number {
  const isNegative = ((block[start] ?? 0) & 0x40) !== 0
  let value = 0n
  for (let index = start; index < start + length; index++) {
    let byte = block[index] ?? 0
    if (isNegative) byte ^= 0xff
    if (index === start) byte &= 0x7f
    value = (value << 8n) | BigInt(byte)
  }
  const signed = isNegative ? -value - 1n : value
  if (signed > BigInt(Number.MAX_SAFE_INTEGER) || signed < BigInt(Number.MIN_SAFE_INTEGER))
    throw new TarError('too-large', `the tar header at byte ${position} has a number beyond 2^53`)
  return Number(signed)
}

function prefixOf(bytes: Buffer, start: number): string {
  if (bytes[start + 257] !== 0x75) return ''
  const magic = bytes.toString('latin1', start + 257, start + 265)
  // star keeps two times behind a shorter prefix.
  if (magic.startsWith('ustar\0'))
    return text(bytes, start + 345, bytes.toString('latin1', start + 508, start + 512) === 'tar\0' ? 131 : 155)
  // GNU has no prefix, but two times in its place. Go before 1.8 wrote one all the same: where the times are no times, it is read as such.
  if (magic !== 'ustar  \0' || (isNumber(bytes, start + 345) && (bytes[start + 357] === 0 || isNumber(bytes, start + 357)))) return ''
  const prefix = text(bytes, start + 345, 155)
  return /^[\x01-\x7f]*$/.test(prefix) ? prefix : ''
}

function isNumber(block: Buffer, start: number): boolean {
  try {
    number(block, start, 12, 0)
    return true
  } catch {
    return false
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0
}
