/** Which paths the `.gitignore` files of a tree leave out. https://git-scm.com/docs/gitignore */
import ignore, { type Ignore } from 'ignore'

/** The patterns that hold in one folder: its own file's and those of the folders above, the nearest first. */
export interface IgnoreScope {
  readonly folder: string
  readonly patterns: Ignore
  readonly above: IgnoreScope | undefined
}

export function withIgnoreFile(folder: string, text: string, above: IgnoreScope | undefined): IgnoreScope {
  return { folder, patterns: ignore().add(text), above }
}

/** `path` is relative to the tree; the last pattern that speaks of it decides, and a nearer file goes before one above. */
export function isIgnored(path: string, isFolder: boolean, scope: IgnoreScope | undefined): boolean {
  for (let at = scope; at; at = at.above) {
    const inside = at.folder === '' ? path : path.slice(at.folder.length + 1)
    const { ignored, unignored } = at.patterns.test(isFolder ? `${inside}/` : inside)
    if (ignored || unignored) return ignored
  }
  return false
}
