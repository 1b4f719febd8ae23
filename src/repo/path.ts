/** Paths inside a tree: relative, with `/`, never above it. */

/** Code point order, as git has it; UTF-16 order differs above U+D800. */
export function comparePaths(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at++) {
    const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)]
    if (a !== b) return isSurrogate(a) === isSurrogate(b) ? a - b : isSurrogate(a) ? 1 : -1
  }
  return left.length - right.length
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff
}

/** `path` with `.` and `..` worked out, seen from the folder `from`; undefined where it leaves the tree or is absolute. */
export function resolvePath(from: string, path: string): string | undefined {
  if (path.startsWith('/') || path.includes('\0')) return undefined
  const parts = from === '' ? [] : from.split('/')
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined
    } else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

/** The folder of a path; empty for the tree's root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

export function baseNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
