/** Whole small files, with a bound. */

/** The bytes of a file that is small by nature. Throws RangeError above `limitBytes`. */
export async function readBytes(body: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > limitBytes) throw new RangeError(`file is larger than ${limitBytes} bytes`)
    // The giver may use its buffer again.
    chunks.push(Uint8Array.from(chunk))
  }
  return Buffer.concat(chunks, size)
}

/** The same as text; bytes that are not UTF-8 become U+FFFD, a byte order mark is dropped. Throws RangeError above `limitBytes`. */
export async function readText(body: AsyncIterable<Uint8Array>, limitBytes: number): Promise<string> {
  return new TextDecoder().decode(await readBytes(body, limitBytes))
}
