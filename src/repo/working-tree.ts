/** The files of a directory as a tree: without `.git`, without what `.gitignore` leaves out, and never through a link that leaves it. */
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync, realpathSync } from 'node:fs'
import { lstat, open, realpath } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { TreeError } from './errors.ts'
import { git, records } from './git-program.ts'
import type { IgnoreScope } from './ignored.ts'
import { comparePaths, folderOf } from './path.ts'
import { folderLeavesTree, leavesTree, type Tree, type TreeFile } from './tree.ts'

const entriesLimit = 1_000_000
const ignoreFileLimitBytes = 1 << 20

/**
 * Files that git tracks are in the tree even where a `.gitignore` names them: a pull request could hide manifests behind one.
 * Where there is a repository and git cannot say what it tracks, nothing is left out.
 */
export function workingTree(directory: string): Tree {
  let listed: Promise<Listing> | undefined
  const list = () => {
    listed ??= listFiles(directory)
    return listed
  }
  return {
    name: directory,
    files: async () => (await list()).files,
    async read(path, limitBytes) {
      // A file that was listed has no link in its path, and need not be looked for again.
      const listing = await listed
      const place = listing?.regular.has(path) ? join(listing.root, path) : await placeInside(directory, path)
      return place === undefined ? undefined : readBounded(place, path, limitBytes)
    },
    async *stream(path) {
      const place = await placeInside(directory, path)
      if (place !== undefined) yield* readPieces(place, path)
    },
  }
}

interface Listing {
  readonly root: string
  readonly files: readonly TreeFile[]
  /** Paths of the files that are no links. */
  readonly regular: ReadonlySet<string>
}

async function listFiles(directory: string): Promise<Listing> {
  const root = await realpath(directory).catch((cause) => {
    throw new TreeError('unreadable', `${directory}: ${cause.message}`, { cause })
  })
  const [tracked, ignored] = await Promise.all([trackedFiles(root), import('./ignored.ts')])
  const walk = new Walk(root, tracked === 'unknown' ? undefined : ignored)
  walk.folder('', undefined)
  if (tracked !== 'unknown') for (const path of tracked) walk.tracked(path)
  const files = [...walk.files.values()].sort((a, b) => comparePaths(a.path, b.path))
  const regular = new Set(
    files.filter(({ linksTo, unreadable }) => linksTo === undefined && unreadable === undefined).map(({ path }) => path),
  )
  return { root, files, regular }
}

/** Empty where the directory is in no repository. */
async function trackedFiles(root: string): Promise<readonly string[] | 'unknown'> {
  if (!(await isInRepository(root))) return []
  try {
    return records(await git(root, ['ls-files', '--cached', '-z']))
  } catch {
    // Not knowing is an answer: see workingTree.
    return 'unknown'
  }
}

async function isInRepository(root: string): Promise<boolean> {
  for (let at = root; ; ) {
    const found = await lstat(join(at, '.git')).catch(() => undefined)
    if (found) return true
    const above = join(at, '..')
    if (above === at) return false
    at = above
  }
}

type Ignored = typeof import('./ignored.ts')

/** Asks the file system one thing after the other: that is several times as fast as asking at once, for a tree in the file cache. */
class Walk {
  readonly files = new Map<string, TreeFile>()
  readonly #root: string
  readonly #ignored: Ignored | undefined
  #count = 0

  constructor(root: string, ignored: Ignored | undefined) {
    this.#root = root
    this.#ignored = ignored
  }

  folder(path: string, above: IgnoreScope | undefined): void {
    const entries = attempt(path || '.', () => readdirSync(join(this.#root, path), { withFileTypes: true }))
    this.#count += entries.length
    if (this.#count > entriesLimit) throw new TreeError('too-many', `${this.#root} has more than ${entriesLimit} entries`)
    const hasIgnoreFile = entries.some((entry) => entry.name === '.gitignore' && entry.isFile())
    const scope = hasIgnoreFile && this.#ignored ? this.#withIgnoreFile(this.#ignored, path, above) : above
    for (const entry of entries) {
      if (entry.name === '.git') continue
      const inside = path === '' ? entry.name : `${path}/${entry.name}`
      if (scope && this.#ignored?.isIgnored(inside, entry.isDirectory(), scope)) continue
      if (entry.isDirectory()) this.folder(inside, scope)
      else this.#entry(inside)
    }
  }

  /** A path from the index: it may be gone, or lie behind a link that has replaced its folder. */
  tracked(path: string): void {
    if (this.files.has(path)) return
    const folder = join(this.#root, folderOf(path))
    const isInPlace = lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() && realpathSync(folder) === folder
    if (isInPlace) this.#entry(path)
  }

  /** Adds a file, or a link with what it leads to; devices and the like are nothing to judge. */
  #entry(path: string): void {
    const place = join(this.#root, path)
    const found = lstatSync(place, { throwIfNoEntry: false })
    if (found?.isFile()) this.files.set(path, { path, sizeBytes: found.size })
    if (found?.isSymbolicLink()) this.files.set(path, this.#link(path, place))
  }

  #link(path: string, place: string): TreeFile {
    let target: string
    try {
      target = realpathSync(place)
    } catch {
      // The reason stands in the listing.
      return { path, sizeBytes: 0, unreadable: 'link that leads nowhere' }
    }
    const inside = relative(this.#root, target)
    if (inside === '..' || inside.startsWith(`..${sep}`))
      return { path, sizeBytes: 0, unreadable: lstatSync(target).isDirectory() ? folderLeavesTree : leavesTree }
    return { path, sizeBytes: lstatSync(target).size, linksTo: inside.split(sep).join('/') }
  }

  #withIgnoreFile({ withIgnoreFile }: Ignored, path: string, above: IgnoreScope | undefined): IgnoreScope {
    const inside = path === '' ? '.gitignore' : `${path}/.gitignore`
    const bytes = readBounded(join(this.#root, inside), inside, ignoreFileLimitBytes)
    return withIgnoreFile(path, Buffer.from(bytes ?? []).toString('utf8'), above)
  }
}

/** Where the path leads, links followed; undefined where there is nothing. Throws TreeError where that is outside of the directory. */
async function placeInside(directory: string, path: string): Promise<string | undefined> {
  const root = await realpath(directory)
  const place = await realpath(join(root, path)).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined
    throw new TreeError('unreadable', `${path}: ${cause.message}`, { cause })
  })
  if (place === undefined || place === root) return undefined
  if (!place.startsWith(root.endsWith(sep) ? root : root + sep)) throw new TreeError('outside', `${path} leaves the tree`)
  return place
}

/** No link at the end is followed, and no pipe's other side is waited for: the file may have been replaced since it was listed. */
const asListed = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

function readBounded(place: string, path: string, limitBytes: number): Uint8Array | undefined {
  const file = attempt(path, () => openSync(place, asListed))
  try {
    const found = fstatSync(file)
    if (found.isDirectory()) return undefined
    if (!found.isFile()) throw new TreeError('unreadable', `${path} is not a regular file`)
    if (found.size > limitBytes)
      throw new TreeError('too-large', `${path} has ${found.size} bytes, more than the ${limitBytes} that are read`)
    // One byte more than promised shows a file that grows.
    const bytes = Buffer.allocUnsafe(found.size + 1)
    const length = attempt(path, () => readFully(file, bytes))
    if (length > found.size) throw new TreeError('unreadable', `${path} grows while it is read`)
    return bytes.subarray(0, length)
  } finally {
    closeSync(file)
  }
}

const pieceBytes = 1 << 20

/** Each piece is lent until the next is asked for. */
async function* readPieces(place: string, path: string): AsyncGenerator<Uint8Array> {
  const unreadable = (cause: Error) => new TreeError('unreadable', `${path}: ${cause.message}`, { cause })
  const file = await open(place, asListed).catch((cause) => Promise.reject(unreadable(cause)))
  try {
    const found = await file.stat()
    if (!found.isFile()) throw new TreeError('unreadable', `${path} is not a regular file`)
    const buffer = Buffer.allocUnsafe(pieceBytes)
    for (let length = 0; ; ) {
      const { bytesRead } = await file.read(buffer, 0, pieceBytes, length).catch((cause) => Promise.reject(unreadable(cause)))
      if (bytesRead === 0) return
      length += bytesRead
      if (length > found.size) throw new TreeError('unreadable', `${path} grows while it is read`)
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

function readFully(file: number, bytes: Buffer): number {
  let length = 0
  while (length < bytes.length) {
    const count = readSync(file, bytes, length, bytes.length - length, length)
    if (count === 0) break
    length += count
  }
  return length
}

function attempt<Result>(path: string, work: () => Result): Result {
  try {
    return work()
  } catch (cause) {
    throw new TreeError('unreadable', `${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}
