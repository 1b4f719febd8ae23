/** What a file is, by its first bytes: text, text of two bytes a character, something else, or packed so that no text is to be seen in it. */

export type ByteForm = 'text' | 'utf-16le' | 'utf-16be' | 'binary' | 'packed'

/** So many of the first bytes tell it. */
export const sniffedBytes = 4096

/** https://www.garykessler.net/library/file_sigs.html: gzip, zip, xz, bzip2, zstd, LZ4, 7-Zip, PNG, JPEG, WOFF */
const packed: readonly (readonly number[])[] = [
  [0x1f, 0x8b],
  [0x50, 0x4b, 0x03, 0x04],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a],
  [0x42, 0x5a, 0x68],
  [0x28, 0xb5, 0x2f, 0xfd],
  [0x04, 0x22, 0x4d, 0x18],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x77, 0x4f, 0x46],
]

export function formOf(bytes: Uint8Array): ByteForm {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const hasZero = bytes.subarray(0, sniffedBytes).includes(0)
  const isPacked = packed.some((magic) => magic.every((byte, at) => bytes[at] === byte))
  // A text may begin with the letters `BZh`.
  if (isPacked && (hasZero || !isText(bytes.subarray(0, 64)))) return 'packed'
  if (!hasZero) return 'text'
  const sample = bytes.subarray(0, sniffedBytes)
  if (isPaired(sample, 1)) return 'utf-16le'
  return isPaired(sample, 0) ? 'utf-16be' : 'binary'
}

/** Text of two bytes a letter needs no byte order mark to be read: nine of ten pairs are a letter and a zero at `zero`. */
function isPaired(bytes: Uint8Array, zero: 0 | 1): boolean {
  const pairs = bytes.length >> 1
  let others = 0
  for (let at = 0; at < 2 * pairs; at += 2) {
    if (bytes[at + zero] === 0 && isTextByte(bytes[at + 1 - zero] as number)) continue
    others++
    // Programs and databases are told by their first bytes.
    if (others * 10 > pairs) return false
  }
  return true
}

function isText(bytes: Uint8Array): boolean {
  return bytes.every(isTextByte)
}

function isTextByte(byte: number): boolean {
  return byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d
}

/** To UTF-8; undefined where bytes are read as they are. What is no character becomes U+FFFD. */
export function decoderOf(form: ByteForm): ((piece: Uint8Array, isLast: boolean) => Uint8Array) | undefined {
  if (form !== 'utf-16le' && form !== 'utf-16be') return undefined
  const decoder = new TextDecoder(form)
  return (piece, isLast) => Buffer.from(decoder.decode(piece, { stream: !isLast }), 'utf8')
}
