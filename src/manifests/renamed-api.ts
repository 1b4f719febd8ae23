/** An object whose API version alone has to change: https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */

import type { Suggestion } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import type { KubernetesObject } from '../repo/repository.ts'
import type { Deprecation } from './deprecations.ts'
import { replaceScalar } from './edits.ts'
import type { Context } from './rule.ts'

/** The line with the new version; undefined where the object does not fit the new version as it stands. */
export function renamed(context: Context, object: KubernetesObject, { instead, isRename }: Deprecation): Suggestion | undefined {
  if (!isRename || meansOther(object) || context.misfitsOf({ ...object, apiVersion: instead }).length > 0) return undefined
  return replaceScalar(context, object.root.at('apiVersion'), instead)
}

/** An empty selector is no pod in policy/v1beta1, and every pod in policy/v1. */
function meansOther({ kind, root }: KubernetesObject): boolean {
  if (kind !== 'PodDisruptionBudget') return false
  const selector = root.at('spec', 'selector')
  return isEmpty(selector.at('matchLabels')) && isEmpty(selector.at('matchExpressions'))
}

function isEmpty(field: Field): boolean {
  return field.entries().length === 0 && field.items().length === 0
}
