/** Whether others than its owner get to a file at all: every folder above it has to let them through. path_resolution(7) */
import type { ImageFiles } from '../image-files.ts'

/** Asks for each folder once. */
export function reachableByOthers(files: ImageFiles | undefined): (path: string) => boolean {
  const open = new Map<string, boolean>([['', true]])
  const isOpen = (folder: string): boolean => {
    const known = open.get(folder)
    if (known !== undefined) return known
    const found = files?.find(folder)
    // A folder that no layer has an entry for is made with mode 755.
    const isClosed = found?.type === 'directory' && (found.mode & 0o001) === 0
    const answer = !isClosed && isOpen(above(folder))
    open.set(folder, answer)
    return answer
  }
  return (path) => isOpen(above(path))
}

/** A path has at most two thousand folders (PATH_MAX). */
function above(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
