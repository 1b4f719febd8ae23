/** What the three shape rules say of an object. */

import type { Suggestion } from '../../findings.ts'
import type { KubernetesObject } from '../../repo/repository.ts'
import { renameKey, replaceScalar } from '../edits.ts'
import type { Context, Violation } from '../rule.ts'
import { violation } from '../violation.ts'
import type { Misfit } from './check.ts'

export function* misfitsOf(object: KubernetesObject, context: Context, kind: Misfit['kind']): Generator<Violation> {
  for (const misfit of context.misfitsOf(object).filter((one) => one.kind === kind)) {
    yield violation(misfit.field, misfit.message, mended(misfit, context), misfit.severity)
  }
}

function mended({ field, meant, rewritten }: Misfit, context: Context): Suggestion | undefined {
  if (meant !== undefined) return renameKey(context, field, meant)
  return rewritten === undefined ? undefined : replaceScalar(context, field, rewritten)
}
