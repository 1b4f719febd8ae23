/** The pod of any workload, so that no rule has to know where a kind keeps its template. */
import type { Field } from '../formats/field.ts'
import type { KubernetesObject } from './repository.ts'

export interface Container {
  readonly name: string
  readonly kind: 'init' | 'regular' | 'ephemeral'
  readonly field: Field
  at(...path: readonly (string | number)[]): Field
}

export interface Pod {
  readonly object: KubernetesObject
  /** The PodSpec. */
  readonly spec: Field
  /** The metadata that the pod gets: the template's for workloads, the object's own for a Pod. */
  readonly metadata: Field
  /** Init, regular and ephemeral containers, in that order. */
  readonly containers: readonly Container[]
  readonly labels: ReadonlyMap<string, string>
  /** A field of the PodSpec. */
  at(...path: readonly (string | number)[]): Field
}
