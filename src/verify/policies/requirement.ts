/** What an admission policy of a cluster asks of an image, as plain values: a tree whose leaves are signers. */
import type { Location } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import type { Trust } from '../verify-image.ts'

export type Requirement =
  /** A signature by these. */
  | { readonly kind: 'signed'; readonly name: string; readonly trust: Trust }
  /** An attestation of this predicate type, or of this kind, by these. */
  | { readonly kind: 'attested'; readonly name: string; readonly predicate: string; readonly trust: Trust }
  /** At least so many of them hold. All: as many as there are; any: 1. */
  | { readonly kind: 'some'; readonly atLeast: number; readonly of: readonly Requirement[] }
  /** Nothing is looked at. */
  | { readonly kind: 'fixed'; readonly holds: boolean; readonly message: string }
  /** The policy asks for what this program cannot judge. */
  | { readonly kind: 'unknown'; readonly message: string; readonly location: Location }

export interface AdmissionPolicy {
  /** `ClusterImagePolicy "release"`. */
  readonly name: string
  readonly location: Location
  readonly images: readonly ImagePattern[]
  /** Images that the patterns match, and that are left alone. */
  readonly except: readonly ImagePattern[]
  readonly requirement: Requirement
  /** `warn` reports without blocking. */
  readonly mode: 'enforce' | 'warn'
}

export interface ImagePattern {
  readonly text: string
  /** `path`: `*` stops at `/` and `**` does not, as in policy-controller. `text`: `*` stops nowhere and `?` is one character, as in Kyverno. */
  readonly stars: 'path' | 'text'
}

export function allOf(requirements: readonly Requirement[]): Requirement {
  return { kind: 'some', atLeast: requirements.length, of: requirements }
}

export function anyOf(requirements: readonly Requirement[]): Requirement {
  return { kind: 'some', atLeast: 1, of: requirements }
}

/** What is written and not judged is a gap, not a pass. */
export function unknown(message: string, field: Field): Requirement & { readonly kind: 'unknown' } {
  return { kind: 'unknown', message, location: field.location() }
}
