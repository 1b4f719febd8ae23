/** The evidence of an image from that of its layers: what was deleted does not count, what was replaced counts once. */
import { type Distribution, type Package, quote } from '../findings.ts'
import type { Digest } from '../oci/source.ts'
import type { EvidenceGap, ImageEvidence } from './evidence.ts'
import type { FoundPackage } from './inventory/format.ts'
import type { FileEvidence, LayerEvidence } from './layer-evidence.ts'
import { Overlay } from './overlay.ts'
import { purlOf, systemTypes } from './purl.ts'

export interface DigestedEvidence {
  readonly digest: Digest
  readonly evidence: LayerEvidence
}

/** Layers from the base up. */
export function mergeEvidence(layers: readonly DigestedEvidence[]): ImageEvidence {
  const overlay = new Overlay<AttributedFile>()
  for (const [index, { digest, evidence }] of layers.entries()) {
    const earlier = evidence.files.length > 0 ? firstLayers(overlay) : new Map<string, Digest>()
    const files = new Map(evidence.files.map((file) => [file.path, attribute(file, digest, earlier)]))
    for (const { type, path, link } of entriesOf(evidence.entries)) overlay.apply(index, type, path, link, files.get(path))
  }
  const found = [...overlay.values()].map(([path, { value }]) => ({ path, ...value }))
  const distribution = distributionOf(overlay)
  const owned = ownedPaths(overlay, found)
  const packages: Package[] = []
  const gaps = [...layerGaps(layers), ...found.flatMap(fileGaps)]
  const databases = databaseTypes(found)
  for (const { path, file, packages: ofFile } of found) {
    for (const { package: one, layer } of ofFile) {
      // Of a system's packages its database is the evidence, and a document that is older than the last upgrade is none.
      if (file.format === 'sbom' && databases.has(one.type)) continue
      const purl = tryPurl(one, distribution)
      if (typeof purl === 'string') packages.push(toPackage(one, purl, path, layer, owned.has(path)))
      else gaps.push({ layer, path, message: `package ${quote(one.name)} ${quote(one.version)} has no purl: ${purl.message}` })
    }
  }
  return {
    ...(distribution ? { distribution } : {}),
    packages: sorted(packages),
    gaps: [...gaps, ...distributionGaps(packages, distribution)],
  }
}

interface AttributedFile {
  readonly file: FileEvidence
  readonly digest: Digest
  /** Each package with the layer that brought it first in this version: a database is written anew for every change of it. */
  readonly packages: readonly { readonly package: FoundPackage; readonly layer: Digest }[]
}

function attribute(file: FileEvidence, digest: Digest, earlier: ReadonlyMap<string, Digest>): AttributedFile {
  return { file, digest, packages: file.packages.map((one) => ({ package: one, layer: earlier.get(keyOf(one, file.path)) ?? digest })) }
}

/** Which layer brought the packages that are there before the next layer. */
function firstLayers(overlay: Overlay<AttributedFile>): Map<string, Digest> {
  const layers = new Map<string, Digest>()
  for (const [path, { value }] of overlay.values()) {
    for (const { package: one, layer } of value.packages) layers.set(keyOf(one, path), layer)
  }
  return layers
}

/** A package of the operating system stays itself when its database moves; any other is what its file says it is. */
function keyOf(one: FoundPackage, path: string): string {
  const { type, name, version, architecture = '', within = '' } = one
  return [systemTypes.has(type) ? '' : path, within, type, name, version, architecture].join('\0')
}

export function* entriesOf(entries: string): Generator<{ type: string; path: string; link?: string }> {
  for (let start = 0; start < entries.length; ) {
    const type = entries.charAt(start)
    const end = entries.indexOf('\0', start)
    const path = entries.slice(start + 1, end)
    start = end + 1
    if (type !== 'l' && type !== 'h') yield { type, path }
    else {
      const linkEnd = entries.indexOf('\0', start)
      yield { type, path, link: entries.slice(start, linkEnd) }
      start = linkEnd + 1
    }
  }
}

/** `etc/os-release` first, wherever it points to: os-release(5) has it win over `usr/lib/os-release`. */
function distributionOf(overlay: Overlay<AttributedFile>): Distribution | undefined {
  for (const path of ['etc/os-release', 'usr/lib/os-release']) {
    const real = overlay.resolve(path)
    const distribution = real === undefined ? undefined : overlay.values().get(real)?.value.file.distribution
    if (distribution) return distribution
  }
  return undefined
}

function databaseTypes(found: readonly { readonly file: FileEvidence }[]): ReadonlySet<string> {
  const types = found.filter(({ file }) => file.format !== 'sbom').flatMap(({ file }) => file.packages.map(({ type }) => type))
  return new Set(types.filter((type) => systemTypes.has(type)))
}

/** Of the files that evidence was read from, those that the operating system's package manager owns. */
function ownedPaths(overlay: Overlay<AttributedFile>, found: readonly { path: string; file: FileEvidence }[]): Set<string> {
  const wanted = new Set(found.map(({ path }) => path))
  const names = new Set([...wanted].map(baseName))
  const owned = new Set<string>()
  for (const { file } of found) {
    for (let start = 0, end = file.owns.indexOf('\0'); end >= 0; start = end + 1, end = file.owns.indexOf('\0', start)) {
      const path = file.owns.slice(start, end)
      // Links in the folders are followed only for paths that can be meant.
      if (!wanted.has(path) && !names.has(baseName(path))) continue
      const real = overlay.resolve(path)
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

function fileGaps({ path, file, digest }: { path: string; file: FileEvidence; digest: Digest }): EvidenceGap[] {
  return file.gaps.map(({ line, message }) => ({ layer: digest, path, ...(line === undefined ? {} : { line }), message }))
}

function distributionGaps(packages: readonly Package[], distribution: Distribution | undefined): EvidenceGap[] {
  const first = distribution ? undefined : packages.find(({ type }) => systemTypes.has(type))
  if (!first) return []
  return [{ path: first.path, message: 'image has packages of an operating system and no os-release that says which it is' }]
}
