/** Owned paths with their digests in one text, for a database may have some hundred thousand: `>NAME`, then `DIGEST PATH` of each of its files, all ended by NUL. */

export interface OwnedDigest {
  /** As the package manager names it. */
  readonly path: string
  /** In the form of `digest.ts`. */
  readonly digest: string
  /** The package's name. */
  readonly owner: string
}

export class OwnedDigests {
  readonly #parts: string[] = []
  #owner = ''

  add(path: string, digest: string, owner = ''): void {
    if (owner !== this.#owner) this.#parts.push(`>${owner}\0`)
    this.#owner = owner
    this.#parts.push(`${digest} ${path}\0`)
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0
  }

  text(): string {
    return this.#parts.join('')
  }
}

export function* ownedDigests(text = ''): Generator<OwnedDigest> {
  let owner = ''
  for (let start = 0, end = text.indexOf('\0'); end >= 0; start = end + 1, end = text.indexOf('\0', start)) {
    if (text.charAt(start) === '>') {
      owner = text.slice(start + 1, end)
      continue
    }
    const space = text.indexOf(' ', start)
    yield { path: text.slice(space + 1, end), digest: text.slice(start, space), owner }
  }
}

/** The same without a value for each, where all of them are looked at. */
export function eachOwnedDigest(text: string | undefined, visit: (path: string, digest: string, owner: string) => void): void {
  if (text === undefined) return
  let owner = ''
  for (let start = 0, end = text.indexOf('\0'); end >= 0; start = end + 1, end = text.indexOf('\0', start)) {
    if (text.startsWith('>', start)) {
      owner = text.slice(start + 1, end)
      continue
    }
    const space = text.indexOf(' ', start)
    visit(text.slice(space + 1, end), text.slice(start, space), owner)
  }
}

/** Of a text of parts that are each ended by NUL. */
export function* parts(text: string): Generator<string> {
  for (let start = 0, end = text.indexOf('\0'); end >= 0; start = end + 1, end = text.indexOf('\0', start)) yield text.slice(start, end)
}
