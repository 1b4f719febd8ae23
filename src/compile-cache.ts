/**
 * What Node compiled of the code is kept from run to run, where nobody but the user can write: it is run as it lies there. Node's own place for it is
 * the folder for temporary files, in which whoever comes first makes it.
 */
import type { Stats } from 'node:fs'

type Environment = Readonly<Record<string, string | undefined>>

/** Nothing is kept where the user has no such folder. Node's own switches hold: `NODE_DISABLE_COMPILE_CACHE`, `NODE_COMPILE_CACHE`. */
export function keepCompiled(): void {
  const folder = compiledFolder(process.env, process.getuid?.())
  if (folder !== undefined) process.getBuiltinModule('node:module').enableCompileCache(folder)
}

/** Whether this thread does so. */
export function isCompiledKept(): boolean {
  return process.getBuiltinModule('node:module').getCompileCacheDir() !== undefined
}

/** In the user's folder for caches, which is made where there is none, and lies in no repository. `user` is absent on Windows. https://specifications.freedesktop.org/basedir-spec/ */
export function compiledFolder(environment: Environment, user: number | undefined): string | undefined {
  const { lstatSync, mkdirSync } = process.getBuiltinModule('node:fs')
  const { isAbsolute, join } = process.getBuiltinModule('node:path')
  const { HOME, LOCALAPPDATA, XDG_CACHE_HOME } = environment
  const caches = user === undefined ? LOCALAPPDATA : XDG_CACHE_HOME || (HOME && join(HOME, '.cache'))
  if (!caches || !isAbsolute(caches) || isInRepository(caches)) return undefined
  const own = join(caches, 'portcullis')
  const folder = join(own, 'compiled')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return [caches, own, folder].every((path) => isOnlyFor(user, lstatSync(path))) ? folder : undefined
  } catch {
    return undefined
  }
}

function isOnlyFor(user: number | undefined, stats: Stats): boolean {
  return stats.isDirectory() && (user === undefined || (stats.uid === user && (stats.mode & 0o022) === 0))
}

/** Jobs are told to keep their caches in their checkout, where what lies may be of whoever wrote the pull request. */
function isInRepository(path: string): boolean {
  const { existsSync } = process.getBuiltinModule('node:fs')
  const { dirname, join } = process.getBuiltinModule('node:path')
  const above = dirname(path)
  return existsSync(join(path, '.git')) || (above !== path && isInRepository(above))
}
