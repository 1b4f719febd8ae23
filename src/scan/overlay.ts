/** What is left of the tracked files when layers lie upon each other. https://github.com/opencontainers/image-spec/blob/main/layer.md#applying-changesets */

/** Tracks values at paths and symbolic links; all other entries count only for what they replace. */
export class Overlay<Value> {
  readonly #values = new Map<string, { readonly layer: number; readonly value: Value }>()
  readonly #links = new Map<string, { readonly layer: number; readonly target: string }>()
  /** For each directory the tracked paths below it, at any depth. */
  readonly #below = new Map<string, Set<string>>()
  #lastFolder: { readonly written: string; readonly real: string } | undefined

  values(): ReadonlyMap<string, { readonly layer: number; readonly value: Value }> {
    return this.#values
  }

  /** An entry of layer number `layer` (the base is 0), in the order of the layer. */
  apply(layer: number, type: string, path: string, link?: string, value?: Value): void {
    const slash = path.lastIndexOf('/')
    const name = path.slice(slash + 1)
    const folder = slash < 0 ? '' : this.#folder(path.slice(0, slash))
    if (name.startsWith('.wh.')) {
      // All other names of this beginning are aufs's own.
      if (name === '.wh..wh..opq') this.#remove(this.#tracked(folder, false), layer)
      else if (!name.startsWith('.wh..wh.')) this.#remove(this.#tracked(join(folder, name.slice(4)), true), layer)
      return
    }
    const real = join(folder, name)
    // A directory keeps what is below it and replaces anything else; all the others replace what is there.
    this.#remove(type === 'd' ? [real] : this.#tracked(real, true), layer + 1)
    if (type === 'l' && link !== undefined) this.#track(this.#links, real, { layer, target: link })
    if (value !== undefined) this.#track(this.#values, real, { layer, value })
  }

  /** The path without symbolic links in it; undefined for links in a circle. */
  resolve(path: string): string | undefined {
    const rest = path.split('/').reverse()
    const real: string[] = []
    // As Linux does: ELOOP after 40.
    let followed = 0
    for (let segment = rest.pop(); segment !== undefined; segment = rest.pop()) {
      if (segment === '' || segment === '.') continue
      if (segment === '..') {
        real.pop()
        continue
      }
      real.push(segment)
      const link = this.#links.size > 0 ? this.#links.get(real.join('/')) : undefined
      if (!link) continue
      if (++followed > 40) return undefined
      if (link.target.startsWith('/')) real.length = 0
      else real.pop()
      rest.push(...link.target.split('/').reverse())
    }
    return real.join('/')
  }

  /** Entries of one folder come together, so the last one is kept. */
  #folder(written: string): string {
    if (this.#lastFolder?.written === written) return this.#lastFolder.real
    const real = this.resolve(written) ?? written
    this.#lastFolder = { written, real }
    return real
  }

  #tracked(path: string, itself: boolean): string[] {
    return [...(itself ? [path] : []), ...(this.#below.get(path) ?? [])]
  }

  #remove(paths: readonly string[], before: number): void {
    for (const path of paths) {
      const link = this.#links.get(path)
      if (link && link.layer < before) {
        this.#links.delete(path)
        this.#lastFolder = undefined
      }
      const value = this.#values.get(path)
      if (value && value.layer < before) this.#values.delete(path)
      if ((!link && !value) || this.#links.has(path) || this.#values.has(path)) continue
      for (const folder of ancestors(path)) this.#below.get(folder)?.delete(path)
    }
  }

  #track<T>(map: Map<string, T>, path: string, value: T): void {
    map.set(path, value)
    this.#lastFolder = undefined
    for (const folder of ancestors(path)) {
      const below = this.#below.get(folder)
      if (below) below.add(path)
      else this.#below.set(folder, new Set([path]))
    }
  }
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

/** The folders above a path, the root (an empty string) among them. */
function* ancestors(path: string): Generator<string> {
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) yield path.slice(0, slash)
  yield ''
}
