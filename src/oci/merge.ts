/**
 * The file system that layers make when they are stacked, from what each layer holds alone. Follows what runtimes do when they unpack:
 * parents are resolved through links, the last part of a name is not. https://github.com/opencontainers/image-spec/blob/main/layer.md#applying-changesets
 */
import type { EntryType } from './layer.ts'

/** What one layer holds, a function of its digest alone. */
export interface LayerPaths<T> {
  /** Every entry of the layer, in order, whiteouts not among them. Each is looked at before the next is asked for. */
  readonly entries: Iterable<MergeEntry>
  /** `dir/.wh.name` and `dir/.wh..wh..opq`, as they are written. */
  readonly whiteouts: readonly string[]
  /** By the path of the entry. */
  readonly items: ReadonlyMap<string, T>
}

export interface MergeEntry {
  readonly path: string
  readonly type: EntryType
  /** Of symlinks and hard links. */
  readonly linkPath?: string | undefined
  /** What the layer's owner knows the entry by, 0 or more. */
  readonly at?: number
}

export interface MergedFile<T> {
  /** Index of the layer that brought it, from the base up. */
  readonly layer: number
  readonly item: T
}

export interface MergedTree<T> {
  /** Above the number of every entry. */
  readonly size: number
  /** What survives, by its place in the merged file system. */
  readonly items: ReadonlyMap<string, MergedFile<T>>
  /** Where a path leads, through all links; undefined where it leads to nothing. `followLast` false: a link at its end is what is found. */
  find(path: string, followLast?: boolean): MergedEntry | undefined
  /** Everything that survives, in no set order; made while it is walked. */
  entries(): Iterable<MergedEntry>
}

export interface MergedEntry {
  readonly path: string
  /** Of its name, which no other has: from 0 on, with gaps. */
  readonly number: number
  /** Of a hard link that of the file that it leads to. */
  readonly type: EntryType
  readonly layer: number
  /** The entry that has its attributes, and the layer of that: of a hard link those of the file that it leads to. `at` is -1 for a directory that no layer has. */
  readonly at: number
  readonly from: number
  readonly linkPath?: string
}

/** https://man7.org/linux/man-pages/man7/path_resolution.7.html */
const maxLinks = 40
/** Parts of one path with all links in it: as many as a name of PATH_MAX could have. */
const maxSteps = 4096
const whiteoutPrefix = '.wh.'
const metaPrefix = '.wh..wh.'
const opaqueName = '.wh..wh..opq'

/** True for the names that layers delete with; `path` is normalised. */
export function isWhiteout(path: string): boolean {
  return path.startsWith(whiteoutPrefix, path.lastIndexOf('/') + 1)
}

export function mergeLayers<T>(layers: readonly LayerPaths<T>[]): ReadonlyMap<string, MergedFile<T>> {
  return mergeTree(layers).items
}

export function mergeTree<T>(layers: readonly LayerPaths<T>[]): MergedTree<T> {
  const root = directory<T>(0, -1)
  const size = { next: 1 }
  for (const [index, layer] of layers.entries()) {
    // Whiteouts are for lower layers only, wherever they stand in their own.
    for (const whiteout of layer.whiteouts) applyWhiteout(root, whiteout)
    const target: Target<T> = { root, parents: new Parents<T>(), layer: index, items: layer.items, itemNames: namesOf(layer.items), size }
    for (const entry of layer.entries) applyEntry(target, entry)
  }
  const items = new Map<string, MergedFile<T>>()
  collect(root, '', items)
  const folders = new Folders(root)
  return {
    size: size.next,
    items,
    find(path, followLast = true) {
      const found = findIn(folders, path, followLast)
      if (found) return found
      const place = walk(root, path, followLast)
      return place && mergedEntry(place.path, place.node)
    },
    entries: () => walkAll(root),
  }
}

/** What is asked for lies mostly in folders that were asked for before. Undefined for all that takes more than a look. */
function findIn<T>(folders: Folders<T>, path: string, followLast: boolean): MergedEntry | undefined {
  const slash = path.lastIndexOf('/')
  if (slash < 1 || slash === path.length - 1) return undefined
  const name = path.slice(slash + 1)
  const folder = folders.of(path, slash)
  const node = name === '.' || name === '..' ? undefined : folder?.node.children?.get(name)
  if (!folder || !node || (followLast && node.type === 'symlink')) return undefined
  return mergedEntry(folder.path === '' ? name : `${folder.path}/${name}`, node)
}

/** Where folders are, as they are written; most questions are about the folder of the one before. */
class Folders<T> {
  readonly #root: Node<T>
  readonly #known = new Map<string, Place<T> | undefined>()
  #last = ''
  #lastPlace: Place<T> | undefined

  constructor(root: Node<T>) {
    this.#root = root
  }

  /** `slash` is the last one of the path. */
  of(path: string, slash: number): Place<T> | undefined {
    if (slash === this.#last.length && path.startsWith(this.#last)) return this.#lastPlace
    const folder = path.slice(0, slash)
    if (!this.#known.has(folder)) this.#known.set(folder, this.#below(folder) ?? walk(this.#root, folder, true))
    this.#last = folder
    this.#lastPlace = this.#known.get(folder)
    return this.#lastPlace
  }

  /** A directory in one that is known. */
  #below(folder: string): Place<T> | undefined {
    const slash = folder.lastIndexOf('/')
    const parent = slash < 1 ? undefined : this.#known.get(folder.slice(0, slash))
    const name = folder.slice(slash + 1)
    const node = parent?.node.children?.get(name)
    return parent && node?.children ? { path: parent.path === '' ? name : `${parent.path}/${name}`, node } : undefined
  }
}

/** All fields are always there: an image has a hundred thousand of them, and what is alike is fast to look at. */
interface Node<T> {
  readonly number: number
  type: EntryType
  layer: number
  at: number
  from: number
  linkPath: string | undefined
  item: MergedFile<T> | undefined
  children: Map<string, Node<T>> | undefined
}

function directory<T>(number: number, layer: number): Node<T> {
  return { number, type: 'directory', layer, at: -1, from: layer, linkPath: undefined, item: undefined, children: new Map() }
}

/** What the entries of one layer are laid upon. */
interface Target<T> {
  readonly root: Node<T>
  readonly parents: Parents<T>
  readonly layer: number
  readonly items: ReadonlyMap<string, T>
  /** The last parts of their paths: few entries have any. */
  readonly itemNames: ReadonlySet<string>
  /** The number of the next node. */
  readonly size: { next: number }
}

function namesOf(items: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  const names = new Set<string>()
  for (const path of items.keys()) names.add(path.slice(path.lastIndexOf('/') + 1))
  return names
}

interface Place<T> {
  readonly path: string
  readonly node: Node<T>
}

/** Where the entries of one layer go, by the directory as it is written; good until something that could be on the way is replaced. */
class Parents<T> {
  readonly #known = new Map<string, Map<string, Node<T>>>()
  /** Of the entry before, which mostly lies in the same one: the directory with its slash, and what is in it. */
  #last = ''
  #lastParent: Map<string, Node<T>> | undefined

  /** `slash` is the last one of the path. */
  of(path: string, slash: number, target: Target<T>): Map<string, Node<T>> | undefined {
    if (this.#lastParent && slash + 1 === this.#last.length && path.startsWith(this.#last)) return this.#lastParent
    const folder = slash === -1 ? '' : path.slice(0, slash)
    let parent = this.#known.get(folder)
    if (!parent) {
      parent = this.#below(folder) ?? makeParent(target, folder)
      if (!parent) return undefined
      this.#known.set(folder, parent)
    }
    this.#last = path.slice(0, slash + 1)
    this.#lastParent = parent
    return parent
  }

  /** Of a directory in one that is known. */
  #below(folder: string): Map<string, Node<T>> | undefined {
    const slash = folder.lastIndexOf('/')
    return slash < 1 ? undefined : this.#known.get(folder.slice(0, slash))?.get(folder.slice(slash + 1))?.children
  }

  forget(): void {
    this.#known.clear()
    this.#lastParent = undefined
  }
}

function applyEntry<T>(target: Target<T>, entry: MergeEntry): void {
  const { root, parents, layer, items, itemNames, size } = target
  const slash = entry.path.lastIndexOf('/')
  const parent = parents.of(entry.path, slash, target)
  if (!parent) return
  const name = entry.path.slice(slash + 1)
  const before = parent.get(name)
  // A directory over a directory keeps what is in it; all else replaces what was there.
  if (entry.type === 'directory' && before?.type === 'directory') {
    before.layer = layer
    before.at = entry.at ?? -1
    before.from = layer
    return
  }
  if (before?.children || before?.type === 'symlink') parents.forget()
  const item = itemNames.has(name) ? items.get(entry.path) : undefined
  const linked = entry.type === 'hardlink' && entry.linkPath !== undefined ? walk(root, entry.linkPath, false)?.node : undefined
  const type = linked?.type ?? entry.type
  parent.set(name, {
    number: size.next++,
    type,
    layer,
    at: linked?.at ?? entry.at ?? -1,
    from: linked?.from ?? layer,
    linkPath: type === 'symlink' ? (linked?.linkPath ?? entry.linkPath ?? '') : undefined,
    item: item === undefined ? linked?.item : { layer, item },
    children: entry.type === 'directory' ? new Map() : undefined,
  })
}

function applyWhiteout<T>(root: Node<T>, path: string): void {
  const slash = path.lastIndexOf('/')
  const name = path.slice(slash + 1)
  const parent = slash === -1 ? root : walk(root, path.slice(0, slash), true)?.node
  if (!parent?.children) return
  if (name === opaqueName) parent.children.clear()
  else if (!name.startsWith(metaPrefix)) parent.children.delete(name.slice(whiteoutPrefix.length))
}

/** The children of the directory that an entry goes into; directories that are missing or in the way of one are made, as runtimes do. */
function makeParent<T>(target: Target<T>, folder: string): Map<string, Node<T>> | undefined {
  const node = walk(target.root, folder, true, target)?.node
  if (node && !node.children) becomeDirectory(node, target.layer)
  return node?.children
}

/** Follows a path from the root; `make` makes the directories that are missing, for its layer. Undefined for links in circles. */
function walk<T>(root: Node<T>, path: string, followLast: boolean, make?: Pick<Target<T>, 'layer' | 'size'>): Place<T> | undefined {
  const pending = path.split('/').reverse()
  const way: { readonly name: string; readonly node: Node<T> }[] = []
  let node = root
  let links = 0
  let steps = 0
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (++steps > maxSteps) return undefined
    if (name === '' || name === '.') continue
    if (name === '..') {
      way.pop()
      node = way.at(-1)?.node ?? root
      continue
    }
    if (!node.children) {
      if (make === undefined) return undefined
      becomeDirectory(node, make.layer)
    }
    const children = node.children ?? new Map<string, Node<T>>()
    let next = children.get(name)
    if (!next) {
      if (make === undefined) return undefined
      next = directory(make.size.next++, make.layer)
      children.set(name, next)
    }
    if (next.type === 'symlink' && next.linkPath !== undefined && (pending.length > 0 || followLast)) {
      if (++links > maxLinks) return undefined
      if (next.linkPath.startsWith('/')) {
        way.length = 0
        node = root
      }
      pending.push(...next.linkPath.split('/').reverse())
      continue
    }
    way.push({ name, node: next })
    node = next
  }
  return { path: way.map(({ name }) => name).join('/'), node }
}

function becomeDirectory<T>(node: Node<T>, layer: number): void {
  node.type = 'directory'
  node.layer = layer
  node.at = -1
  node.from = layer
  node.children = new Map()
  node.item = undefined
  node.linkPath = undefined
}

function collect<T>(node: Node<T>, path: string, items: Map<string, MergedFile<T>>): void {
  // By hand, since a hostile layer nests deeper than the call stack.
  const pending: Place<T>[] = [{ path, node }]
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { path: place, node: current } = next
    if (current.item) items.set(place, current.item)
    current.children?.forEach((child, name) => {
      if (child.item || child.children) pending.push({ path: place === '' ? name : `${place}/${name}`, node: child })
    })
  }
}

function* walkAll<T>(root: Node<T>): Generator<MergedEntry> {
  const pending: Place<T>[] = [{ path: '', node: root }]
  for (let next = pending.pop(); next; next = pending.pop()) {
    const before = next.path === '' ? '' : `${next.path}/`
    for (const [name, node] of next.node.children ?? []) {
      const path = before + name
      yield mergedEntry(path, node)
      if (node.children) pending.push({ path, node })
    }
  }
}

function mergedEntry<T>(path: string, { number, type, layer, at, from, linkPath }: Node<T>): MergedEntry {
  return linkPath === undefined ? { path, number, type, layer, at, from } : { path, number, type, layer, at, from, linkPath }
}
