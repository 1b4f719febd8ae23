/** What attestations say, by the kind of their predicate. One list; an unknown type is `custom`. */
import { cyclonedx } from './cyclonedx.ts'
import { provenance } from './provenance.ts'
import { spdx } from './spdx.ts'
import { vex } from './vex.ts'
import { vulnerabilities } from './vulnerabilities.ts'

export type FieldValue = string | number

export interface PredicateKind {
  readonly name: string
  /** True for the predicate types of this kind, in all their versions. */
  reads(predicateType: string): boolean
  /** The names that conditions may use, with what they mean. */
  readonly fields: ReadonlyMap<string, { readonly type: 'string' | 'number'; readonly meaning: string }>
  /** The values of those fields that the predicate has; never throws, and a field of another shape is absent. */
  read(predicateType: string, predicate: unknown): ReadonlyMap<string, FieldValue>
}

export const predicateKinds: readonly PredicateKind[] = [cyclonedx, provenance, spdx, vex, vulnerabilities]

export const custom = 'custom'

/** The kind's name, `custom` for none of the list. */
export function predicateKind(predicateType: string): string {
  return predicateKinds.find((kind) => kind.reads(predicateType))?.name ?? custom
}

/** What a verified attestation says, for the condition language. */
export function predicateFields(predicateType: string, predicate: unknown): ReadonlyMap<string, FieldValue> {
  return predicateKinds.find((kind) => kind.reads(predicateType))?.read(predicateType, predicate) ?? new Map()
}
