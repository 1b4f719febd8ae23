/** The texts of Go's build information. Go's `runtime/debug.BuildInfo` and `debug/buildinfo` */

export interface GoModule {
  readonly path: string
  /** `v1.2.3`, or `(devel)` where it has none. */
  readonly version: string
}

/** A string after its length as an unsigned varint; or how many bytes it takes to know more. */
export function stringAt(bytes: Buffer, start: number): { text: string; end: number } | { needed: number } {
  let length = 0
  for (let index = 0; index < 5; index++) {
    const byte = bytes[start + index]
    if (byte === undefined) return { needed: start + index + 1 }
    length += (byte & 0x7f) * 128 ** index
    if (byte >= 0x80) continue
    const end = start + index + 1 + length
    return end > bytes.length ? { needed: end } : { text: bytes.toString('utf8', start + index + 1, end), end }
  }
  return { needed: Number.POSITIVE_INFINITY }
}

/** The marks are 16 bytes each, which as UTF-8 may be any number of characters; the lines between them begin with `path` and end with a line end. */
export function stripMarks(text: string): string {
  const start = text.search(/(?:path|mod|dep|build)\t/)
  return start < 0 ? '' : text.slice(start, text.lastIndexOf('\n') + 1)
}

/** Lines of `mod` and `dep` with path, version and sum, each perhaps followed by `=>` and what replaces it. Go's `runtime/debug.BuildInfo` */
export function parseModules(text: string): GoModule[] {
  const modules: GoModule[] = []
  for (const line of text.split('\n')) {
    const [kind, path = '', version = ''] = line.split('\t')
    if (kind === 'mod' || kind === 'dep') modules.push({ path, version: version || '(devel)' })
    else if (kind === '=>' && modules.length > 0) {
      const replaced = modules.pop()
      // A replacement by a folder has no path of its own and no version.
      const isFolder = /^[./]|^[A-Za-z]:\\/.test(path)
      modules.push({ path: isFolder ? (replaced?.path ?? path) : path, version: isFolder ? '(devel)' : version || '(devel)' })
    }
  }
  return modules
}
