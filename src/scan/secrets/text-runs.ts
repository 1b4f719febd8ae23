/** The texts within what is no text, as strings(1) finds them: a program is mostly something else, and that is passed by quickly. */

/** Horizontal tab, line feed, carriage return, and what can be printed of ASCII. */
const printable = new Uint8Array(256)
for (const byte of [0x09, 0x0a, 0x0d]) printable[byte] = 1
printable.fill(1, 0x20, 0x7f)

/** No secret that is looked for in programs is shorter, and no text that is as long has none of its bytes at a multiple of it. */
export const leastRun = 20
/** A text of that length around one byte of it goes on for so many to one of the sides, unless it is cut there. */
const half = leastRun / 2
/** Bytes on the way there; most of what is no text is passed by at the first one. */
const quarter = leastRun / 4

/** Calls with each text of at least `leastRun` bytes between `from` and `to`, and with a shorter one at `from`: it may have begun before. */
export function eachTextRun(bytes: Uint8Array, from: number, to: number, onRun: (start: number, end: number) => void): void {
  let done = from
  for (let at = from; at < to; at += leastRun) {
    if (printable[bytes[at] as number] === 0) continue
    const goesOn = printable[bytes[at + half] as number] === 1 && printable[bytes[at + quarter] as number] === 1
    if (
      !goesOn &&
      at - half >= from &&
      at + half < to &&
      (printable[bytes[at - half] as number] === 0 || printable[bytes[at - quarter] as number] === 0)
    )
      continue
    let start = at
    while (start > done && printable[bytes[start - 1] as number] === 1) start--
    let end = at + 1
    while (end < to && printable[bytes[end] as number] === 1) end++
    if (end - start >= leastRun || start === from) onRun(start, end)
    done = end
    // The next multiple behind the end.
    at += Math.floor((end - at) / leastRun) * leastRun
  }
}
