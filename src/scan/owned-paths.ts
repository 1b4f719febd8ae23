/** Files that an operating system's package manager put there: what they say is already said by its database. */
import type { MergedTree } from '../oci/merge.ts'
import type { FoundFile } from './found-file.ts'
import { ownedDigests, parts } from './integrity/owned-digests.ts'
import type { LayerItem } from './layer-entries.ts'
import type { FileEvidence } from './layer-evidence.ts'

/** Of the files that evidence was read from, those that the operating system's package manager owns. */
export function ownedPaths(tree: MergedTree<LayerItem>, found: readonly FoundFile[]): Set<string> {
  const wanted = new Map(found.map(({ path, layer }) => [path, layer]))
  const names = namesOf(wanted.keys())
  const owned = new Set<string>()
  for (const { file, layer } of found)
    eachOwnedPath(file, names, (path) => {
      const real = tree.find(path)?.path ?? path
      // A file that was written after its owner's list is not what the package manager put there (`npm install --global npm`).
      if (layer >= (wanted.get(real) ?? Number.POSITIVE_INFINITY)) owned.add(real)
    })
  return owned
}

/**
 * Whether the operating system's package manager owns a path, with links in its folders followed or not. `likely`: most of what will be asked for;
 * all else takes as much memory as everything that is owned.
 */
export function ownership(
  found: readonly FoundFile[],
  realPath: (path: string) => string,
  likely: () => Iterable<string>,
): (path: string) => boolean {
  let names: Names | undefined
  let some: ReadonlySet<string> | undefined
  let all: ReadonlySet<string> | undefined
  return (path) => {
    names ??= namesOf(likely())
    const isLikely = names.all.has(baseName(path))
    if (isLikely) some ??= realPaths(found, realPath, names)
    else all ??= realPaths(found, realPath)
    const owned = isLikely ? some : all
    return owned !== undefined && (owned.has(path) || owned.has(realPath(path)))
  }
}

function realPaths(found: readonly FoundFile[], realPath: (path: string) => string, names?: Names): ReadonlySet<string> {
  const paths = new Set<string>()
  for (const { file } of found) eachOwnedPath(file, names, (path) => paths.add(realPath(path)))
  return paths
}

/** As the package manager names them: links are not followed. */
export function* ownedPathsOf({ owns, digests }: FileEvidence): Generator<string> {
  yield* parts(owns)
  for (const { path } of ownedDigests(digests)) yield path
}

/** Those that end in one of the names, or all: texts are made of few, since a system has a hundred thousand. */
function eachOwnedPath({ owns, digests = '' }: FileEvidence, names: Names | undefined, visit: (path: string) => void): void {
  for (const [text, isDigests] of [[owns, false] as const, [digests, true] as const])
    for (let start = 0, end = text.indexOf('\0'); end >= 0; start = end + 1, end = text.indexOf('\0', start)) {
      if (isDigests && text.startsWith('>', start)) continue
      // Behind the digest.
      const path = isDigests ? text.indexOf(' ', start) + 1 : start
      let name = end
      let sum = 0
      for (let code = 0; name > path; name--) {
        code = text.charCodeAt(name - 1)
        if (code === slash) break
        sum = summed(sum, code)
      }
      if (!names || (names.sums[sum] === 1 && names.all.has(text.slice(name, end)))) visit(text.slice(path, end))
    }
}

/** Last parts of paths. Nearly all others have another sum, of their characters from the end, and no text is made of them to find that out. */
interface Names {
  readonly all: ReadonlySet<string>
  readonly sums: Uint8Array
}

function namesOf(paths: Iterable<string>): Names {
  const all = new Set(Array.from(paths, baseName))
  const sums = new Uint8Array(sumCount)
  for (const name of all) {
    let sum = 0
    for (let index = name.length - 1; index >= 0; index--) sum = summed(sum, name.charCodeAt(index))
    sums[sum] = 1
  }
  return { all, sums }
}

const slash = 0x2f
const sumCount = 65_536

function summed(sum: number, code: number): number {
  return (sum * 31 + code) & (sumCount - 1)
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
