/** Digests that a package manager noted and somebody changed or deleted later: whoever changes a file can change what was noted of it as well. */
import type { DigestedEvidence, FoundFile } from '../found-file.ts'
import type { FileEvidence } from '../layer-evidence.ts'
import { systemTypes } from '../system-types.ts'
import { type OwnedDigest, ownedDigests } from './owned-digests.ts'

type Versions = ReadonlyMap<string, ReadonlySet<string>>

/**
 * As the lowest layer has them, of packages that are there in the same version still: another build has another version. A package that is gone, or
 * whose database is, has none.
 */
export function rewrittenDigests(found: readonly FoundFile[], layers: readonly DigestedEvidence[]): readonly OwnedDigest[] {
  const now = new Map(found.map((one) => [one.path, one]))
  const versions = versionsOf(found.map(({ file }) => file))
  const rewritten = new Map<string, OwnedDigest>()
  for (const [index, { evidence }] of layers.entries())
    for (const file of evidence.files) {
      const present = now.get(file.path)
      if (file.digests === undefined || present?.layer === index || present?.file.digests === file.digests) continue
      const earlier = versionsOf(newestFiles(layers.slice(0, index + 1)))
      const noted = new Set([...ownedDigests(present?.file.digests)].map(lineOf))
      for (const one of ownedDigests(file.digests)) {
        if (noted.has(lineOf(one)) || !isSameVersion(one.owner, earlier, versions) || rewritten.has(ownedPath(one))) continue
        rewritten.set(ownedPath(one), one)
      }
    }
  return [...rewritten.values()]
}

/** Two packages may have one path. */
export function ownedPath({ owner, path }: Pick<OwnedDigest, 'owner' | 'path'>): string {
  return `${owner}\0${path}`
}

function lineOf(one: OwnedDigest): string {
  return `${one.digest} ${ownedPath(one)}`
}

function versionsOf(files: Iterable<FileEvidence>): Versions {
  const versions = new Map<string, Set<string>>()
  for (const { packages } of files)
    for (const { type, name, version } of packages) {
      if (!systemTypes.has(type)) continue
      const known = versions.get(name)
      if (known) known.add(version)
      else versions.set(name, new Set([version]))
    }
  return versions
}

function newestFiles(layers: readonly DigestedEvidence[]): Iterable<FileEvidence> {
  return new Map(layers.flatMap(({ evidence }) => evidence.files.map((file) => [file.path, file] as const))).values()
}

/** What is there in several versions (kernels) says nothing. */
function isSameVersion(name: string, left: Versions, right: Versions): boolean {
  const [one, other] = [left.get(name), right.get(name)]
  return one?.size === 1 && other?.size === 1 && [...one].every((version) => other.has(version))
}
