/** Where something runs, as far as the tree tells. */
import type { Importance } from '../../policy/policy.ts'
import type { Privilege, Rights } from './points.ts'

export interface Exposure {
  /** The object: `Deployment/shop/web`. */
  readonly subject: string
  readonly namespace: string
  readonly importance: Importance
  /** Whether the policy names the namespace. */
  readonly isImportanceKnown: boolean
  /** Absent for an object that runs nothing itself. */
  readonly pod?: PodExposure
}

export interface PodExposure {
  /** What lets traffic from outside in: `Ingress/shop/web`. Empty: nothing of the tree. */
  readonly entrances: readonly string[]
  /** Directions that a NetworkPolicy isolates; nothing of the network is known where the pod is on its node's. Absent where there are no such policies. */
  readonly isolated?: readonly ('ingress' | 'egress')[]
  readonly privileges: readonly { readonly privilege: Privilege; readonly what: string }[]
  readonly rights: {
    readonly level: Rights
    /** The service account, `namespace/name`. */
    readonly account: string
    /** In words, what gives the level: `may read Secrets by Role/shop/reader`. */
    readonly what: string
    /** False where a binding names a role that the tree does not have, or none names the account: the cluster may know more. */
    readonly isKnown: boolean
  }
  /** Secrets that are mounted or in the environment, by name. */
  readonly secrets: readonly string[]
}
