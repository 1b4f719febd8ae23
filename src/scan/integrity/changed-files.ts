/** Files that differ from what the package manager put there: what `dpkg --verify`, `apk audit` and `rpm --verify` would say, without their help. */
import { createHash } from 'node:crypto'
import type { MergedEntry, MergedTree } from '../../oci/merge.ts'
import type { DigestedEvidence, FoundFile } from '../found-file.ts'
import type { FoundDiversion } from '../inventory/format.ts'
import { attributesAt, factsAt, hasDigestAt, type LayerItem } from '../layer-entries.ts'
import { systemTypes } from '../system-types.ts'
import { algorithmLetter, shortDigest } from './digest.ts'
import { elfMark, type FileKind, fileKind } from './file-kind.ts'
import { eachOwnedDigest, parts } from './owned-digests.ts'
import { ownedPath, rewrittenDigests } from './rewritten-digests.ts'

export interface ChangedFile {
  /** Where it is, links in its folders followed. */
  readonly path: string
  /** The package that brought another file. */
  readonly owner: string
  /** Digest of the layer that brought what is there now. */
  readonly layer: string
  readonly kind: FileKind
}

export interface PackageIntegrity {
  /** Sorted by path. */
  readonly changed: readonly ChangedFile[]
  /** Programs that could not be compared: their layers look like those of another distribution. Sorted. */
  readonly unknown: readonly string[]
}

/** A file that is missing is no change: images leave out what they do not need. Configuration is there to be changed. */
export function comparePackages(
  tree: MergedTree<LayerItem>,
  found: readonly FoundFile[],
  layers: readonly DigestedEvidence[],
): PackageIntegrity {
  const configuration = new Set(found.flatMap(({ file }) => [...parts(file.configuration ?? '')]))
  const diversions = new Map(found.flatMap(({ file }) => (file.diversions ?? []).map((one) => [one.path, one] as const)))
  const isListed = listedPackages(found)
  /** By the numbers of entries, and so are the next: nearly all files are right, and texts for them take longer than to compare them. */
  const right = new Uint8Array(tree.size)
  const wrong = new Map<number, ChangedFile>()
  const unknown = new Map<number, string>()
  const diverted = new Map<string, string>()
  eachNotedDigest(found, layers, (named, digest, owner) => {
    if (isByteCode(named)) return
    const path = placeOf(named, owner, diversions)
    if (path !== named) diverted.set(named, owner)
    const link = tree.find(path, false)
    if (link?.type === 'symlink' && isLinkDigest(link, digest)) return
    const entry = link?.type === 'symlink' ? tree.find(path) : link
    if (entry?.type !== 'file') return
    const entries = layers[entry.from]?.evidence.entries ?? ''
    if (hasDigestAt(entries, entry.at, digest)) {
      right[entry.number] = (right[entry.number] ?? 0) | (isListed(owner) ? byPackage : byNobody)
      return
    }
    const facts = factsAt(entries, entry.at)
    // No machine code is configuration, whoever wrote into a database that it is.
    if (configuration.has(named) && facts[0] !== elfMark) return
    const kind = fileKind(entry.path, facts[0], attributesAt(entries, entry.at).mode)
    if (facts.some((fact) => fact.length > 1 && algorithmLetter(fact) === algorithmLetter(digest)))
      wrong.set(entry.number, { path: entry.path, owner, layer: layers[entry.layer]?.digest ?? '', kind })
    else if (kind === 'program') unknown.set(entry.number, entry.path)
  })
  const isRight = (number: number) => ((right[number] ?? 0) & byPackage) !== 0
  // What stands where a file was diverted from is another package's, or a script of whoever built the image; machine code of nobody has taken its place.
  for (const [path, owner] of diverted) {
    const entry = tree.find(path)
    if (entry?.type !== 'file' || isRight(entry.number) || wrong.has(entry.number) || unknown.has(entry.number)) continue
    if (factsAt(layers[entry.from]?.evidence.entries ?? '', entry.at)[0] === elfMark)
      wrong.set(entry.number, { path: entry.path, owner, layer: layers[entry.layer]?.digest ?? '', kind: 'program' })
  }
  // A path that several packages have is right for one of them; a list of no package has no say against that of one.
  for (const [number, { owner }] of wrong)
    if (isRight(number) || (((right[number] ?? 0) & byNobody) !== 0 && !isListed(owner))) wrong.delete(number)
  for (const number of unknown.keys()) if (isRight(number)) unknown.delete(number)
  return {
    changed: [...wrong.values()].sort((left, other) => (left.path < other.path ? -1 : 1)),
    unknown: [...unknown.values()].sort(),
  }
}

/** Who says that a file is right: an installed package, or a list of none. */
const byPackage = 1
const byNobody = 2

/** What the databases say now, but for what was rewritten in them: there the first word counts. */
function eachNotedDigest(
  found: readonly FoundFile[],
  layers: readonly DigestedEvidence[],
  visit: (path: string, digest: string, owner: string) => void,
): void {
  const rewritten = rewrittenDigests(found, layers)
  const places = new Set(rewritten.map(ownedPath))
  for (const { file } of found)
    eachOwnedDigest(file.digests, (path, digest, owner) => {
      if (places.size === 0 || !places.has(ownedPath({ path, owner }))) visit(path, digest, owner)
    })
  for (const { path, digest, owner } of rewritten) visit(path, digest, owner)
}

/** Whether a database of packages that are installed has the name. */
function listedPackages(found: readonly FoundFile[]): (name: string) => boolean {
  const names = new Set<string>()
  for (const { file } of found) for (const { type, name } of file.packages) if (systemTypes.has(type)) names.add(name)
  return (name) => names.has(name)
}

function placeOf(path: string, owner: string, diversions: ReadonlyMap<string, FoundDiversion>): string {
  const diversion = diversions.get(path)
  return diversion && diversion.owner !== owner ? diversion.to : path
}

/** Python makes it anew from what lies beside it. */
function isByteCode(path: string): boolean {
  return path.endsWith('.pyc') || path.endsWith('.pyo')
}

/** apk keeps the digest of where a link leads. */
function isLinkDigest({ linkPath = '' }: MergedEntry, digest: string): boolean {
  return (['sha1', 'sha256'] as const).some(
    (algorithm) => shortDigest(algorithm, createHash(algorithm).update(linkPath).digest('hex')) === digest,
  )
}
