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

/** Throws TarError `malformed`, or `too-large` for a number that does not fit. */
export function decodeHeader(block: Buffer, position: number): TarHeader {
  checkSum(block, position)
  const path = text(block, 0, 100)
  const prefix = prefixOf(block)
  const flag = String.fromCharCode(block[156] ?? 0)
  const sizeBytes = number(block, 124, 12, position)
  if (sizeBytes < 0) throw new TarError('malformed', `the tar header at byte ${position} gives a negative size`)
  return {
    path: prefix === '' ? path : `${prefix}/${path}`,
    flag,
    mode: number(block, 100, 8, position) & 0o7777,
    uid: number(block, 108, 8, position),
    gid: number(block, 116, 8, position),
    sizeBytes,
    linkPath: flag === '1' || flag === '2' ? text(block, 157, 100) : '',
    modifiedSeconds: number(block, 136, 12, position),
  }
}

export function isZeroBlock(block: Buffer): boolean {
  if (block[0] !== 0) return false
  return block.every((byte) => byte === 0)
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

/** Old writers summed signed bytes; both sums are taken. */
function checkSum(block: Buffer, position: number): void {
  const expected = number(block, 148, 8, position)
  // The field itself counts as blanks.
  const field = block.subarray(148, 156)
  const sum = sumBytes(block) - field.reduce((total, byte) => total + byte, 0) + 8 * 32
  if (expected === sum) return
  const high = block.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0 : byte >> 7), 0)
  if (expected !== sum - 256 * high) throw new TarError('malformed', `the tar header at byte ${position} has a wrong checksum`)
}

/** Four bytes at a time in two sums of 16 bits, which 128 words do not fill: a layer has a header for each of its files. */
function sumBytes(block: Buffer): number {
  const aligned = block.byteOffset % 4 === 0 ? block : Buffer.from(Uint8Array.from(block).buffer)
  let sums = 0
  for (const word of new Int32Array(aligned.buffer, aligned.byteOffset, blockBytes / 4))
    sums += (word & 0x00ff00ff) + ((word >>> 8) & 0x00ff00ff)
  return (sums & 0xffff) + (sums >>> 16)
}

function prefixOf(block: Buffer): string {
  if (block[345] === 0 || block[257] !== 0x75) return ''
  const magic = block.toString('latin1', 257, 265)
  // star keeps two times behind a shorter prefix.
  if (magic.startsWith('ustar\0')) return text(block, 345, block.toString('latin1', 508, 512) === 'tar\0' ? 131 : 155)
  // GNU has no prefix, but two times in its place. Go before 1.8 wrote one all the same: where the times are no times, it is read as such.
  if (magic !== 'ustar  \0' || (isNumber(block, 345) && (block[357] === 0 || isNumber(block, 357)))) return ''
  const prefix = text(block, 345, 155)
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
