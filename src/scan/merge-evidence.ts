/** The evidence of an image from that of its layers: what was deleted does not count, what was replaced counts once. */
import { type Distribution, type Package, quote } from '../findings.ts'
import { isWhiteout, type LayerPaths, type MergedTree, type MergeEntry, mergeTree } from '../oci/merge.ts'
import type { Digest } from '../oci/source.ts'
import type { EvidenceGap, ImageEvidence } from './evidence.ts'
import type { FoundPackage } from './inventory/format.ts'
import { formats } from './inventory/formats.ts'
import { releaseFilePaths } from './inventory/release-files.ts'
import { entryTypes, type FileEvidence, type LayerEvidence } from './layer-evidence.ts'
import { purlOf, systemTypes } from './purl.ts'

export interface DigestedEvidence {
  readonly digest: Digest
  readonly evidence: LayerEvidence
}

/** The merged file system is in memory while it is made: some 300 bytes an entry. */
const defaultMaxEntries = 4_000_000

/** Layers from the base up. */
export function mergeEvidence(layers: readonly DigestedEvidence[], maxEntries = defaultMaxEntries): ImageEvidence {
  const entries = layers.reduce((sum, { evidence }) => sum + evidence.entryCount, 0)
  if (entries > maxEntries)
    return { packages: [], gaps: [{ message: `layers have ${entries} entries, and at most ${maxEntries} are merged` }] }
  const tree = mergeTree(layers.map(({ evidence }) => layerPaths(evidence)))
  const history = databaseHistory(layers)
  const found = [...tree.items].map(([path, { item, layer }]): FoundFile => ({ path, file: item, layer }))
  const distribution = distributionOf(tree)
  const owned = ownedPaths(tree, found)
  const packages: Package[] = []
  const gaps = [...layerGaps(layers), ...found.flatMap((file) => fileGaps(file, layers)), ...placeGaps(tree)]
  const databases = databaseTypes(found)
  const betterPaths = new Map(formats.map(({ name, betterPath }) => [name, betterPath]))
  for (const { path, file, layer } of found) {
    const better = betterPaths.get(file.format)?.(path)
    if (better !== undefined && tree.items.has(better)) continue
    for (const one of file.packages) {
      // Of a system's packages its database is the evidence, and a document that is older than the last upgrade is none.
      if (file.format === 'sbom' && databases.has(one.type)) continue
      const digest = layers[firstLayer(one, file, layer, history)]?.digest ?? ''
      const purl = tryPurl(one, distribution)
      if (typeof purl === 'string') packages.push(toPackage(one, purl, path, digest, owned.has(path)))
      else gaps.push({ layer: digest, path, message: `package ${quote(one.name)} ${quote(one.version)} has no purl: ${purl.message}` })
    }
  }
  return {
    ...(distribution ? { distribution } : {}),
    packages: sorted(packages),
    gaps: [...gaps, ...distributionGaps(packages, distribution)],
  }
}

interface FoundFile {
  readonly path: string
  readonly file: FileEvidence
  /** Index of the layer that brought this file. */
  readonly layer: number
}

function layerPaths({ entries, files }: LayerEvidence): LayerPaths<FileEvidence> {
  return {
    entries: entriesOf(entries, false),
    whiteouts: [...entriesOf(entries, true)].map(({ path }) => path),
    items: new Map(files.map((file) => [file.path, file])),
  }
}

/** By layer, then by database: the packages that it has there. */
type History = readonly ReadonlyMap<string, ReadonlySet<string>>[]

function databaseHistory(layers: readonly DigestedEvidence[]): History {
  return layers.map(({ evidence }) => {
    const databases = new Map<string, Set<string>>()
    for (const file of evidence.files) {
      const name = databaseName(file)
      const keys = databases.get(name) ?? new Set()
      for (const one of file.packages) keys.add(keyOf(one))
      databases.set(name, keys)
    }
    return databases
  })
}

/** A system's packages stay themselves when its database moves; all others are what one file says. */
function databaseName({ format, path, packages }: FileEvidence): string {
  return packages.some(({ type }) => systemTypes.has(type)) ? format : path
}

/** Databases are written anew for every change: the layer that brought a package is the lowest that has had it ever since, in this version. */
function firstLayer(one: FoundPackage, file: FileEvidence, layer: number, history: History): number {
  const [name, key] = [databaseName(file), keyOf(one)]
  let first = layer
  for (let lower = layer - 1; lower >= 0; lower--) {
    const keys = history[lower]?.get(name) ?? history[lower]?.get(file.path)
    if (keys?.has(key)) first = lower
    else if (keys) break
  }
  return first
}

function keyOf({ type, name, version, architecture = '', within = '' }: FoundPackage): string {
  return [type, name, version, architecture, within].join('\0')
}

/** The entries of a layer that delete, or all others. */
function* entriesOf(entries: string, whiteouts: boolean): Generator<MergeEntry> {
  for (let start = 0; start < entries.length; ) {
    const type = entryTypes.get(entries.charAt(start)) ?? 'file'
    const end = entries.indexOf('\0', start)
    const path = entries.slice(start + 1, end)
    start = end + 1
    let linkPath: string | undefined
    if (type === 'symlink' || type === 'hardlink') {
      const linkEnd = entries.indexOf('\0', start)
      linkPath = entries.slice(start, linkEnd)
      start = linkEnd + 1
    }
    if (isWhiteout(path) === whiteouts) yield { path, type, ...(linkPath === undefined ? {} : { linkPath }) }
  }
}

/** `etc/os-release` first, wherever it points to: os-release(5) has it win over `usr/lib/os-release`. */
function distributionOf(tree: MergedTree<FileEvidence>): Distribution | undefined {
  for (const path of ['etc/os-release', 'usr/lib/os-release', ...releaseFilePaths]) {
    const distribution = tree.items.get(tree.find(path)?.path ?? path)?.item.distribution
    if (distribution) return distribution
  }
  return undefined
}

function databaseTypes(found: readonly FoundFile[]): ReadonlySet<string> {
  const types = found.filter(({ file }) => file.format !== 'sbom').flatMap(({ file }) => file.packages.map(({ type }) => type))
  return new Set(types.filter((type) => systemTypes.has(type)))
}

/** Of the files that evidence was read from, those that the operating system's package manager owns. */
function ownedPaths(tree: MergedTree<FileEvidence>, found: readonly FoundFile[]): Set<string> {
  const wanted = new Set(found.map(({ path }) => path))
  const names = new Set([...wanted].map(baseName))
  const owned = new Set<string>()
  for (const { file } of found) {
    for (let start = 0, end = file.owns.indexOf('\0'); end >= 0; start = end + 1, end = file.owns.indexOf('\0', start)) {
      const path = file.owns.slice(start, end)
      // Links in the folders are followed only for paths that can be meant.
      if (!wanted.has(path) && !names.has(baseName(path))) continue
      const real = tree.find(path)?.path
      if (real !== undefined && wanted.has(real)) owned.add(real)
    }
  }
  return owned
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function tryPurl(found: FoundPackage, distribution: Distribution | undefined): string | Error {
  try {
    return purlOf(found, distribution)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function toPackage(found: FoundPackage, purl: string, path: string, layer: Digest, owned: boolean): Package {
  const { name, version, type } = found
  return {
    name,
    version,
    purl,
    type,
    source: found.source ?? name,
    sourceVersion: found.sourceVersion ?? version,
    layer,
    path: found.within === undefined ? path : `${path}!/${found.within}`,
    ...(owned && !systemTypes.has(type) ? { ownedBySystem: true } : {}),
    ...(found.module ? { module: found.module } : {}),
    ...(found.architecture ? { architecture: found.architecture } : {}),
    ...(found.licenses && found.licenses.length > 0 ? { licenses: found.licenses } : {}),
  }
}

/** By purl, then path; what one file says twice is there once. */
function sorted(packages: readonly Package[]): Package[] {
  const unique = new Map(packages.map((one) => [`${one.purl}\0${one.path}`, one]))
  return [...unique].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one)
}

function layerGaps(layers: readonly DigestedEvidence[]): EvidenceGap[] {
  return layers.flatMap(({ digest, evidence }) => evidence.gaps.map((gap) => ({ layer: digest, ...gap })))
}

function fileGaps({ path, file, layer }: FoundFile, layers: readonly DigestedEvidence[]): EvidenceGap[] {
  const digest = layers[layer]?.digest ?? ''
  return file.gaps.map(({ line, message }) => ({ layer: digest, path, ...(line === undefined ? {} : { line }), message }))
}

/** A database that lies where a link leads, under a name that no format knows. */
function placeGaps(tree: MergedTree<FileEvidence>): EvidenceGap[] {
  return formats
    .flatMap(({ places = [] }) => places)
    .flatMap((path) => {
      const real = tree.find(path)
      if (real?.type !== 'file' || tree.items.has(real.path)) return []
      return [{ path, message: `leads to ${quote(real.path)}, which was not read` }]
    })
}

function distributionGaps(packages: readonly Package[], distribution: Distribution | undefined): EvidenceGap[] {
  const first = distribution ? undefined : packages.find(({ type }) => systemTypes.has(type))
  if (!first) return []
  return [{ path: first.path, message: 'image has packages of an operating system and no os-release that says which it is' }]
}
