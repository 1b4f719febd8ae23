/** Files of an image that a test says are there. */
import { posix } from 'node:path'
import type { ImageFile, ImageFiles } from '../../../src/scan/image-files.ts'

export function memoryFiles(files: readonly ImageFile[], owned: ReadonlySet<string> = new Set()): ImageFiles {
  const byPath = new Map(files.map((file) => [file.path, file]))
  /** Links in the last part and in the folders above it, as far as tests have them. */
  const find = (path: string, depth = 0): ImageFile | undefined => {
    const file = byPath.get(path)
    if (file && file.type !== 'symlink') return file
    if (depth > 8) return undefined
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      const link = byPath.get(path.slice(0, end))
      if (link?.type !== 'symlink' || link.linkPath === undefined) continue
      const target = posix.resolve('/', posix.dirname(link.path), link.linkPath).slice(1)
      return find(`${target}${path.slice(end)}`, depth + 1)
    }
    return undefined
  }
  return { all: () => files, find: (path) => find(path), isOwned: (path) => owned.has(path) }
}
