/** The id and the packages of a record, for indexes: whatever else is wrong with it is told when it is asked for. */

export interface RecordHead {
  readonly id: string
  readonly packages: readonly { readonly ecosystem: string; readonly name: string }[]
}

/** Undefined for what is no record. */
export function readHead(value: unknown): RecordHead | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { id, affected } = value as { id?: unknown; affected?: unknown }
  if (typeof id !== 'string') return undefined
  if (affected === undefined || affected === null) return { id, packages: [] }
  if (!Array.isArray(affected)) return undefined
  const packages = []
  for (const entry of affected) {
    const named: unknown = entry?.package
    if (named === undefined || named === null) continue
    const { ecosystem, name } = named as { ecosystem?: unknown; name?: unknown }
    if (typeof ecosystem !== 'string' || typeof name !== 'string') return undefined
    packages.push({ ecosystem, name })
  }
  return { id, packages }
}
