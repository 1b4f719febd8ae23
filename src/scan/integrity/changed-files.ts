/** Files that differ from what the package manager put there: what `dpkg --verify`, `apk audit` and `rpm --verify` would say, without their help. */
import { createHash } from 'node:crypto'
import type { MergedEntry, MergedTree } from '../../oci/merge.ts'
import type { DigestedEvidence, FoundFile } from '../found-file.ts'
import type { FoundDiversion } from '../inventory/format.ts'
import { attributesAt, factsAt, hasDigestAt, type LayerItem } from '../layer-entries.ts'
import { systemTypes } from '../system-types.ts'
import { algorithmLetter, shortDigest } from './digest.ts'
import { elfMark, type FileKind, fileKind } from './file-kind.ts'
import { type OwnedDigest, ownedDigests, parts } from './owned-digests.ts'
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
  const right = new Set<string>()
  const rightByNobody = new Set<string>()
  const diverted = new Map<string, string>()
  const wrong = new Map<string, ChangedFile>()
  const unknown = new Set<string>()
  for (const { path: named, digest, owner } of notedDigests(found, layers)) {
    if (isByteCode(named)) continue
    const path = placeOf(named, owner, diversions)
    if (path !== named) diverted.set(named, owner)
    const link = tree.find(path, false)
    if (link?.type === 'symlink' && isLinkDigest(link, digest)) continue
    const entry = link?.type === 'symlink' ? tree.find(path) : link
    if (entry?.type !== 'file') continue
    const entries = layers[entry.from]?.evidence.entries ?? ''
    if (hasDigestAt(entries, entry.at, digest)) {
      ;(isListed(owner) ? right : rightByNobody).add(entry.path)
      continue
    }
    const facts = factsAt(entries, entry.at)
    // No machine code is configuration, whoever wrote into a database that it is.
    if (configuration.has(named) && facts[0] !== elfMark) continue
    const kind = fileKind(entry.path, facts[0], attributesAt(entries, entry.at).mode)
    if (facts.some((fact) => fact.length > 1 && algorithmLetter(fact) === algorithmLetter(digest)))
      wrong.set(entry.path, { path: entry.path, owner, layer: layers[entry.layer]?.digest ?? '', kind })
    else if (kind === 'program') unknown.add(entry.path)
  }
  // What stands where a file was diverted from is another package's, or a script of whoever built the image; machine code of nobody has taken its place.
  for (const [path, owner] of diverted) {
    const entry = tree.find(path)
    if (entry?.type !== 'file' || right.has(entry.path) || wrong.has(entry.path) || unknown.has(entry.path)) continue
    if (factsAt(layers[entry.from]?.evidence.entries ?? '', entry.at)[0] === elfMark)
      wrong.set(entry.path, { path: entry.path, owner, layer: layers[entry.layer]?.digest ?? '', kind: 'program' })
  }
  // A path that several packages have is right for one of them.
  for (const path of right) {
    wrong.delete(path)
    unknown.delete(path)
  }
  // A list of no package has no say against that of one.
  for (const path of rightByNobody) if (!isListed(wrong.get(path)?.owner ?? '')) wrong.delete(path)
  return { changed: [...wrong.values()].sort((left, other) => (left.path < other.path ? -1 : 1)), unknown: [...unknown].sort() }
}

/** What the databases say now, but for what was rewritten in them: there the first word counts. */
function* notedDigests(found: readonly FoundFile[], layers: readonly DigestedEvidence[]): Generator<OwnedDigest> {
  const rewritten = rewrittenDigests(found, layers)
  const places = new Set(rewritten.map(ownedPath))
  for (const { file } of found)
    for (const one of ownedDigests(file.digests)) if (places.size === 0 || !places.has(ownedPath(one))) yield one
  yield* rewritten
}

/** Whether a database of packages that are installed has the name. */
function listedPackages(found: readonly FoundFile[]): (name: string) => boolean {
  const names = new Set(found.flatMap(({ file }) => file.packages.filter(({ type }) => systemTypes.has(type)).map(({ name }) => name)))
  return (name) => names.has(name)
}

function placeOf(path: string, owner: string, diversions: ReadonlyMap<string, FoundDiversion>): string {
  const diversion = diversions.get(path)
  return diversion && diversion.owner !== owner ? diversion.to : path
}

/** Python makes it anew from what lies beside it. */
function isByteCode(path: string): boolean {
  return /\.py[co]$/.test(path)
}

/** apk keeps the digest of where a link leads. */
function isLinkDigest({ linkPath = '' }: MergedEntry, digest: string): boolean {
  return (['sha1', 'sha256'] as const).some(
    (algorithm) => shortDigest(algorithm, createHash(algorithm).update(linkPath).digest('hex')) === digest,
  )
}
