/** What changed between two images: their profiles in, the difference out. Versions that changed are told and not judged. */
import type { Drift, DriftList, DriftPackage } from '../findings.ts'
import { withoutNumbers } from '../scan/anomaly/seen.ts'
import type { ImageProfile, ProfilePackage } from '../scan/profile.ts'
import { coverSecrets } from './drift-cover.ts'

/** Of each list in the report; what is more is counted. */
export const driftListLimit = 500
const wordsLimit = 50
const longestText = 1000

/** `from` names the earlier image; `cover` takes known secrets out of a text. Both must have been read as a whole. Undefined where they are the same. */
export function driftOf(
  from: Drift['from'],
  before: ImageProfile,
  after: ImageProfile,
  cover: (text: string) => string = (text) => text,
): Drift | undefined {
  if (before.digest === after.digest) return undefined
  const packages = packageDrift(before.packages, after.packages)
  const filesKnown = before.files !== undefined && after.files !== undefined
  const setuid = filesKnown ? listDrift(pathsOf(before.files?.setuid), pathsOf(after.files?.setuid)) : undefined
  const binaries = filesKnown ? binaryDrift(before, after) : undefined
  const networkServices = listDrift(before.networkServices, after.networkServices)
  const ports = listDrift(before.ports, after.ports)
  const environment = environmentDrift(before, after)
  const [oldUser, newUser] = [before.user || 'root', after.user || 'root']
  const [oldWords, newWords] = [wordsOf(before, cover), wordsOf(after, cover)]
  return {
    from,
    ...(packages && { packages }),
    ...(setuid && { setuid }),
    ...(binaries && { binaries }),
    ...(networkServices && { networkServices }),
    ...(ports && { ports }),
    ...(oldUser === newUser ? {} : { user: { from: cut(oldUser), to: cut(newUser) } }),
    ...(hasSameWords(before, after) ? {} : { entrypoint: { from: oldWords, to: newWords } }),
    ...(environment && { environment }),
    ...(before.sizeBytes === after.sizeBytes ? {} : { sizeBytes: { from: before.sizeBytes, to: after.sizeBytes } }),
    ...layerDrift(before.layers, after.layers),
  }
}

/** Packages of one type and name, of which an image may have several versions. */
function packageDrift(before: readonly ProfilePackage[], after: readonly ProfilePackage[]): Drift['packages'] | undefined {
  const [old, now] = [versionsByName(before), versionsByName(after)]
  const added: DriftPackage[] = []
  const removed: DriftPackage[] = []
  const changed: { type: string; name: string; from: string; to: string }[] = []
  for (const key of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const [{ type = '', name = '' } = {}] = now.get(key) ?? old.get(key) ?? []
    const [had, has] = [old.get(key) ?? [], now.get(key) ?? []].map((list) => list.map(({ version }) => version))
    const gone = had?.filter((version) => !has?.includes(version)) ?? []
    const come = has?.filter((version) => !had?.includes(version)) ?? []
    if (had?.length === 0) added.push(...come.map((version) => ({ type, name, version })))
    else if (has?.length === 0) removed.push(...gone.map((version) => ({ type, name, version })))
    else if (gone.length + come.length > 0) changed.push({ type, name, from: (had ?? []).join(', '), to: (has ?? []).join(', ') })
  }
  if (added.length + removed.length + changed.length === 0) return undefined
  const limit = driftListLimit
  const omitted = [added, removed, changed].reduce((sum, list) => sum + Math.max(0, list.length - limit), 0)
  const shorter = ({ type, name, version }: DriftPackage): DriftPackage => ({ type: cut(type), name: cut(name), version: cut(version) })
  return {
    added: added.slice(0, limit).map(shorter),
    removed: removed.slice(0, limit).map(shorter),
    changed: changed
      .slice(0, limit)
      .map(({ type, name, from, to }) => ({ type: cut(type), name: cut(name), from: cut(from), to: cut(to) })),
    ...(omitted > 0 && { omitted }),
  }
}

function versionsByName(packages: readonly ProfilePackage[]): Map<string, ProfilePackage[]> {
  return Map.groupBy(packages, ({ type, name }) => `${type}\0${name}`)
}

/** A path in which nothing but a version changed is the same file of another version, as long as the earlier one is gone. */
function binaryDrift(before: ImageProfile, after: ImageProfile): DriftList | undefined {
  const [old, now] = [pathsOf(before.files?.binaries), pathsOf(after.files?.binaries)]
  const gone = Map.groupBy(without(old, now), withoutNumbers)
  const come = without(now, old).filter((path) => gone.get(withoutNumbers(path))?.pop() === undefined)
  return listOf(come, [...gone.values()].flat())
}

function listDrift(before: readonly string[], after: readonly string[]): DriftList | undefined {
  return listOf(without(after, before), without(before, after))
}

function without(all: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others)
  return all.filter((each) => !known.has(each))
}

function listOf(added: readonly string[], removed: readonly string[]): DriftList | undefined {
  if (added.length + removed.length === 0) return undefined
  const omitted = Math.max(0, added.length - driftListLimit) + Math.max(0, removed.length - driftListLimit)
  return {
    added: added.slice(0, driftListLimit).map(cut),
    removed: removed.slice(0, driftListLimit).map(cut),
    ...(omitted > 0 && { omitted }),
  }
}

function environmentDrift(before: ImageProfile, after: ImageProfile): Drift['environment'] | undefined {
  const names = listDrift(namesOf(before), namesOf(after))
  const old = new Map(before.environment.map(({ name, valueDigest }) => [name, valueDigest]))
  const changed = after.environment
    .filter(({ name, valueDigest }) => valueDigest !== undefined && (old.get(name) ?? valueDigest) !== valueDigest)
    .map(({ name }) => name)
  if (!names && changed.length === 0) return undefined
  const omitted = (names?.omitted ?? 0) + Math.max(0, changed.length - driftListLimit)
  return {
    added: names?.added ?? [],
    removed: names?.removed ?? [],
    changed: changed.slice(0, driftListLimit).map(cut),
    ...(omitted > 0 && { omitted }),
  }
}

function namesOf({ environment }: ImageProfile): readonly string[] {
  return environment.map(({ name }) => name)
}

function layerDrift(before: readonly string[], after: readonly string[]): Pick<Drift, 'layers'> {
  if (before.length === after.length && before.every((digest, index) => digest === after[index])) return {}
  const old = new Set(before)
  return { layers: { from: before.length, to: after.length, shared: after.filter((digest) => old.has(digest)).length } }
}

/** Entry point and command are two lists that make one: `[a] [b]` runs what `[a b]` runs. */
function hasSameWords(before: ImageProfile, after: ImageProfile): boolean {
  const [old, now] = [before, after].map(({ entrypoint, command }) => JSON.stringify([...entrypoint, ...command]))
  return old === now
}

function wordsOf({ entrypoint, command }: ImageProfile, cover: (text: string) => string): readonly string[] {
  return coverSecrets([...entrypoint, ...command].slice(0, wordsLimit).map(cover)).map(cut)
}

function pathsOf(files: readonly { readonly path: string }[] = []): readonly string[] {
  return files.map(({ path }) => path)
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text
}
