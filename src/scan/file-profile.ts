/** What the files of an image say of it as a whole: who may become root, which code nobody brought, what everybody may write. */
import type { Package } from '../findings.ts'
import type { ImageEvidence } from './evidence.ts'
import { type Executable, executableKind } from './executables.ts'
import type { ImageFile, ImageFiles } from './image-files.ts'
import { systemTypes } from './system-types.ts'

export interface FileProfile {
  /** Files that run as their owner or group, sorted by path. */
  readonly setuid: readonly { readonly path: string; readonly isOwned: boolean; readonly layer: string }[]
  /** Programs and libraries that no package owns, sorted by path; `entropy` in bits a byte, of the beginning. */
  readonly binaries: readonly { readonly path: string; readonly entropy: number; readonly layer: string }[]
  /** Files, and folders without the sticky bit, that everybody may write to. */
  readonly worldWritable: number
  readonly unpackedBytes: number
  /** What is more than the bounds of the lists. */
  readonly omitted: number
}

export const fileProfileLimits = { setuid: 1000, binaries: 5000 } as const

const setuidBits = 0o6000
const stickyBit = 0o1000
const everybodyWrites = 0o002

export function fileProfile(files: ImageFiles, { packages, remarks = [] }: Pick<ImageEvidence, 'packages' | 'remarks'>): FileProfile {
  const executables = new Map<string, Executable>()
  for (const remark of remarks)
    if (remark.kind === executableKind && !remark.isRemoved) executables.set(remark.path, remark as Executable & typeof remark)
  const isPackaged = packagedPaths(packages)
  const setuid: FileProfile['setuid'][number][] = []
  const binaries: FileProfile['binaries'][number][] = []
  let [worldWritable, unpackedBytes] = [0, 0]
  for (const file of files.all()) {
    const { path, mode, type, layer } = file
    if (type !== 'file' && type !== 'hardlink' && type !== 'directory') continue
    if (mode & everybodyWrites && !(type === 'directory' && mode & stickyBit)) worldWritable++
    if (type === 'directory') continue
    unpackedBytes += type === 'file' ? file.sizeBytes : 0
    const isSetuid = (mode & setuidBits) !== 0 && isRunnable(file)
    const executable = executables.get(path)
    if (!isSetuid && !executable) continue
    const isOwned = files.isOwned(path)
    if (isSetuid) setuid.push({ path, isOwned, layer })
    if (executable && !isOwned && !isPackaged(path)) binaries.push({ path, entropy: executable.entropy, layer })
  }
  const limits = fileProfileLimits
  return {
    setuid: setuid.sort(byPath).slice(0, limits.setuid),
    binaries: binaries.sort(byPath).slice(0, limits.binaries),
    worldWritable,
    unpackedBytes,
    omitted: Math.max(0, setuid.length - limits.setuid) + Math.max(0, binaries.length - limits.binaries),
  }
}

/** The group bit of a file that nobody may run is a mark of mandatory locking, and gives no right. fcntl(2) */
function isRunnable({ mode }: ImageFile): boolean {
  return (mode & 0o111) !== 0
}

function byPath(left: { readonly path: string }, right: { readonly path: string }): number {
  return left.path < right.path ? -1 : 1
}

/** What a package of a language brought lies in its folder, or beside it under its name. */
function packagedPaths(packages: readonly Package[]): (path: string) => boolean {
  const folders = new Set<string>()
  const python = new Set<string>()
  for (const { type, name, path } of packages) {
    if (systemTypes.has(type)) continue
    const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 0))
    if (type === 'npm' && /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$/u.test(folder)) folders.add(folder)
    if (type === 'gem') {
      // `…/specifications/NAME-VERSION.gemspec` stands beside `…/gems/NAME-VERSION` and `…/extensions/PLATFORM/…/NAME-VERSION`.
      const [, root, gem] = /^(.*?)specifications\/(?:default\/)?([^/]+)\.gemspec$/u.exec(path) ?? []
      if (gem !== undefined) folders.add(`${root}gems/${gem}`)
    }
    if (type === 'pypi') python.add(pythonName(name))
  }
  return (path) => {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) if (folders.has(path.slice(0, end))) return true
    const [, module] = /(?:^|\/)(?:site|dist)-packages\/([^/]+)/u.exec(path) ?? []
    return module !== undefined && python.has(pythonName(module.replace(/\.(?:libs|cpython-.*|abi3\.so|so)$/u, '')))
  }
}

/** https://packaging.python.org/en/latest/specifications/name-normalization/ */
function pythonName(name: string): string {
  return name.replace(/[-_.]+/gu, '-').toLowerCase()
}
