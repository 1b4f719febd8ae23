/** Checksums that issuers put into their tokens, so that a scanner can tell one that was issued from one that was made up. */
import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'

const digits62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const digits32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const bech32Digits = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'

/**
 * The last six characters are the CRC-32 of the text before them.
 * https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
export function endsWithCrc62(text: string): boolean {
  return text.length > 6 && text.slice(-6) === crc62(text.slice(0, -6))
}

export function crc62(text: string): string {
  let rest = crc32(text)
  let result = ''
  for (; rest > 0; rest = Math.floor(rest / 62)) result = (digits62[rest % 62] ?? '') + result
  return result.padStart(6, '0')
}

/** Of GitLab's routable tokens: the last seven characters are the CRC-32 of all before them, to the base of 36. */
export function endsWithCrc36(text: string): boolean {
  return text.length > 7 && text.slice(-7) === crc36(text.slice(0, -7))
}

export function crc36(text: string): string {
  return crc32(text).toString(36).padStart(7, '0')
}

/** Of Grafana's service account tokens: hexadecimal, the lowest byte first. */
export function crcLittleEndian(text: string): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(crc32(text))
  return bytes.toString('hex')
}

/** The first eight characters of the SHA-256 in base 32: what GitHub's fine-grained tokens have at their 78th character. */
export function sha256Base32(text: string): string {
  const hash = createHash('sha256').update(text, 'latin1').digest()
  let bits = 0n
  for (const byte of hash.subarray(0, 5)) bits = (bits << 8n) | BigInt(byte)
  return Array.from({ length: 8 }, (_, at) => digits32[Number((bits >> BigInt(35 - 5 * at)) & 31n)]).join('')
}

/** BIP 173, in one case; `text` is all of it, prefix and separator too. */
export function isBech32(text: string): boolean {
  const lower = text.toLowerCase()
  const separator = lower.lastIndexOf('1')
  const data = [...lower.slice(separator + 1)].map((character) => bech32Digits.indexOf(character))
  if (separator < 1 || data.length < 6 || data.includes(-1)) return false
  return polymod([...expanded(lower.slice(0, separator)), ...data]) === 1
}

/** The six characters that make `prefix`, `1` and `data` right. */
export function bech32Checksum(prefix: string, data: string): string {
  const values = [...data.toLowerCase()].map((character) => bech32Digits.indexOf(character))
  const rest = polymod([...expanded(prefix.toLowerCase()), ...values, 0, 0, 0, 0, 0, 0]) ^ 1
  return Array.from({ length: 6 }, (_, at) => bech32Digits[(rest >> (5 * (5 - at))) & 31]).join('')
}

function expanded(prefix: string): number[] {
  const codes = [...prefix].map((character) => character.charCodeAt(0))
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)]
}

function polymod(values: readonly number[]): number {
  const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
  let sum = 1
  for (const value of values) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    for (const [at, generator] of generators.entries()) if ((top >> at) & 1) sum ^= generator
  }
  return sum >>> 0
}
