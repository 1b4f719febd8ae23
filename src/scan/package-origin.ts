/** Which layer brought a package. Databases are written anew for every change, so the layer that wrote the last one did not bring all that is in it. */
import type { DigestedEvidence } from './found-file.ts'
import type { FoundPackage } from './inventory/format.ts'
import type { FileEvidence } from './layer-evidence.ts'
import { systemTypes } from './system-types.ts'

/** By layer, then by database: the packages that it has there. */
export type PackageHistory = readonly ReadonlyMap<string, ReadonlySet<string>>[]

export function packageHistory(layers: readonly DigestedEvidence[]): PackageHistory {
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

/** The index of the lowest layer that has had it ever since, in this version; `layer` is the one whose file has it now. */
export function firstLayer(one: FoundPackage, file: FileEvidence, layer: number, history: PackageHistory): number {
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
