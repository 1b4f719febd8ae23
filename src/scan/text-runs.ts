/** The texts within what is no text, as strings(1) finds them. `anchor-scan.wat` passes by what has none of them. */

/** Horizontal tab, line feed, carriage return, and what can be printed of ASCII. */
const isTextByte = new Uint8Array(256)
for (const byte of [0x09, 0x0a, 0x0d]) isTextByte[byte] = 1
isTextByte.fill(1, 0x20, 0x7f)

/** No secret that is looked for in programs is shorter. */
export const leastText = 20

/** Whether the byte is of a text of at least `leastText` bytes between `from` and `to`, or of one at `from`: it may have begun before. */
export function isInText(bytes: Uint8Array, at: number, from: number, to: number): boolean {
  let start = at
  while (start > from && at - start < leastText && isTextByte[bytes[start - 1] as number] === 1) start--
  if (start === from) return true
  let end = at
  while (end < to && end - start < leastText && isTextByte[bytes[end] as number] === 1) end++
  return end - start >= leastText
}
