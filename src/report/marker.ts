/** The hidden marker by which a comment of ours is known again. Readers check the comment's author too: anybody can write one. */

const start = '<!-- portcullis:'
const end = ' -->'

/** Ends the body of a comment. Fingerprints may have any characters. */
export function writeMarker(fingerprints: readonly string[]): string {
  // `--` would end an HTML comment.
  const encoded = fingerprints.map((fingerprint) => encodeURIComponent(fingerprint.toWellFormed()).replaceAll('-', '%2D'))
  return `${start}${encoded.join(',')}${end}`
}

/** The fingerprints of the marker that is the last line of a body; undefined where there is none. A marker elsewhere is quoted text. */
export function readMarker(body: string): readonly string[] | undefined {
  const last = body.trimEnd().split(/\r?\n/).at(-1) ?? ''
  if (!last.startsWith(start) || !last.endsWith(end)) return undefined
  const encoded = last.slice(start.length, -end.length)
  if (encoded === '') return []
  const fingerprints: string[] = []
  for (const part of encoded.split(',')) {
    if (part === '' || !/^(?:[\w.!~*'()]|%[0-9A-F]{2})+$/.test(part)) return undefined
    try {
      fingerprints.push(decodeURIComponent(part))
    } catch {
      // Bytes that are not UTF-8: nothing that we wrote.
      return undefined
    }
  }
  return fingerprints
}
