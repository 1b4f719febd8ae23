/** The files of a directory as a tree: without `.git`, without what `.gitignore` leaves out, and never through a link that leaves it. */
import { constants } from 'node:fs'
import { type FileHandle, lstat, open, readdir, realpath } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { TreeError } from './errors.ts'
import { git, records } from './git-program.ts'
import { type IgnoreScope, isIgnored, withIgnoreFile } from './ignored.ts'
import { comparePaths } from './path.ts'
import type { Tree, TreeFile } from './tree.ts'

const entriesLimit = 1_000_000
const ignoreFileLimitBytes = 1 << 20

/**
 * Files that git tracks are in the tree even where a `.gitignore` names them: a pull request could hide manifests behind one.
 * Where there is a repository and git cannot say what it tracks, nothing is left out.
 */
export function workingTree(directory: string): Tree {
  let listed: Promise<readonly TreeFile[]> | undefined
  return {
    name: directory,
    files() {
      listed ??= listFiles(directory)
      return listed
    },
    read: (path, limitBytes) => readInside(directory, path, limitBytes),
  }
}

async function listFiles(directory: string): Promise<readonly TreeFile[]> {
  const root = await realpath(directory).catch((cause) => {
    throw new TreeError('unreadable', `${directory}: ${cause.message}`, { cause })
  })
  const tracked = await trackedFiles(root)
  const files = new Map<string, TreeFile>()
  const walk = new Walk(root, tracked !== 'unknown', files)
  await walk.folder('', undefined)
  if (tracked !== 'unknown') for (const path of tracked) if (!files.has(path)) await walk.entry(path)
  return [...files.values()].sort((a, b) => comparePaths(a.path, b.path))
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

class Walk {
  readonly #root: string
  readonly #ignores: boolean
  readonly #files: Map<string, TreeFile>
  #count = 0

  constructor(root: string, ignores: boolean, files: Map<string, TreeFile>) {
    this.#root = root
    this.#ignores = ignores
    this.#files = files
  }

  async folder(path: string, above: IgnoreScope | undefined): Promise<void> {
    const entries = await readdir(join(this.#root, path), { withFileTypes: true }).catch((cause) => {
      throw new TreeError('unreadable', `${path || '.'}: ${cause.message}`, { cause })
    })
    this.#count += entries.length
    if (this.#count > entriesLimit) throw new TreeError('too-many', `${this.#root} has more than ${entriesLimit} entries`)
    const hasIgnoreFile = this.#ignores && entries.some((entry) => entry.name === '.gitignore' && entry.isFile())
    const scope = hasIgnoreFile ? await this.#withIgnoreFile(path, above) : above
    await Promise.all(
      entries.map(async (entry) => {
        if (entry.name === '.git') return
        const inside = path === '' ? entry.name : `${path}/${entry.name}`
        if (isIgnored(inside, entry.isDirectory(), scope)) return
        if (entry.isDirectory()) await this.folder(inside, scope)
        else await this.entry(inside)
      }),
    )
  }

  /** Adds a file, or a link with what it leads to; devices and the like are nothing to judge. */
  async entry(path: string): Promise<void> {
    const place = join(this.#root, path)
    const found = await lstat(place).catch(() => undefined)
    if (found?.isFile()) this.#files.set(path, { path, sizeBytes: found.size })
    if (found?.isSymbolicLink()) this.#files.set(path, await this.#link(path, place))
  }

  async #link(path: string, place: string): Promise<TreeFile> {
    const target = await realpath(place).catch(() => undefined)
    if (target === undefined) return { path, sizeBytes: 0, unreadable: 'link that leads nowhere' }
    const inside = relative(this.#root, target)
    if (inside === '..' || inside.startsWith(`..${sep}`)) return { path, sizeBytes: 0, unreadable: 'link that leaves the tree' }
    const { size } = await lstat(target)
    return { path, sizeBytes: size, linksTo: inside.split(sep).join('/') }
  }

  async #withIgnoreFile(path: string, above: IgnoreScope | undefined): Promise<IgnoreScope> {
    const bytes = await readInside(this.#root, path === '' ? '.gitignore' : `${path}/.gitignore`, ignoreFileLimitBytes)
    return withIgnoreFile(path, Buffer.from(bytes ?? []).toString('utf8'), above)
  }
}

async function readInside(directory: string, path: string, limitBytes: number): Promise<Uint8Array | undefined> {
  const root = await realpath(directory)
  const place = await realpath(join(root, path)).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined
    throw new TreeError('unreadable', `${path}: ${cause.message}`, { cause })
  })
  if (place === undefined) return undefined
  if (place !== root && !place.startsWith(root.endsWith(sep) ? root : root + sep)) throw new TreeError('outside', `${path} leaves the tree`)
  // No link at the end, and no waiting for a pipe's other side: the file may have been replaced since it was listed.
  const file = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((cause) => {
    throw new TreeError('unreadable', `${path}: ${cause.message}`, { cause })
  })
  try {
    return await readBounded(file, path, limitBytes)
  } finally {
    await file.close()
  }
}

async function readBounded(file: FileHandle, path: string, limitBytes: number): Promise<Uint8Array | undefined> {
  const found = await file.stat()
  if (found.isDirectory()) return undefined
  if (!found.isFile()) throw new TreeError('unreadable', `${path} is not a regular file`)
  if (found.size > limitBytes)
    throw new TreeError('too-large', `${path} has ${found.size} bytes, more than the ${limitBytes} that are read`)
  // One byte more than promised shows a file that grows.
  const bytes = Buffer.allocUnsafe(found.size + 1)
  let length = 0
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, length)
    if (bytesRead === 0) return bytes.subarray(0, length)
    length += bytesRead
  }
  throw new TreeError('unreadable', `${path} grows while it is read`)
}
