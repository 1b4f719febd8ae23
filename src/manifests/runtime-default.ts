/** The profile of the container runtime in the place of another: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#security-context */

import type { Suggestion } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import { setScalar } from './edits.ts'
import type { Context } from './rule.ts'
import { isSet } from './violation.ts'

/** `profile` is a `seccompProfile` or an `appArmorProfile`. */
export function toRuntimeDefault(context: Context, profile: Field): Suggestion | undefined {
  // The API server takes the path of a profile with the type Localhost alone.
  return isSet(profile.at('localhostProfile')) ? undefined : setScalar(context, profile, ['type'], 'RuntimeDefault')
}
