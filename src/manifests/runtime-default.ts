/** The profile of the container runtime in the place of another: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#security-context */

import type { Suggestion } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import { addEntry, replaceScalar } from './edits.ts'
import type { Context } from './rule.ts'
import { isSet } from './violation.ts'

/** `profile` is a `seccompProfile` or an `appArmorProfile`. */
export function toRuntimeDefault(context: Context, profile: Field): Suggestion | undefined {
  const type = profile.at('type')
  // The API server takes the path of a profile with the type Localhost alone.
  if (isSet(profile.at('localhostProfile'))) return undefined
  return type.kind === 'absent' ? addEntry(context, profile, ['type'], 'RuntimeDefault') : replaceScalar(context, type, 'RuntimeDefault')
}
