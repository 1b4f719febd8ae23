/** Whether others than its owner get to a file at all: every folder above it has to let them through. path_resolution(7) */
import type { ImageFiles } from '../image-files.ts'

export function isReachableByOthers(path: string, files: ImageFiles | undefined): boolean {
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
    const folder = files?.find(path.slice(0, end))
    // A folder that no layer has an entry for is made with mode 755.
    if (folder?.type === 'directory' && (folder.mode & 0o001) === 0) return false
  }
  return true
}
