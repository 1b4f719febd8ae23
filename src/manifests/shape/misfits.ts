/** What the three shape rules say of an object. */

import type { KubernetesObject } from '../../repo/repository.ts'
import type { Context, Violation } from '../rule.ts'
import { violation } from '../violation.ts'
import type { Misfit } from './check.ts'

export function* misfitsOf(object: KubernetesObject, context: Context, kind: Misfit['kind']): Generator<Violation> {
  for (const { field, message, severity } of context.misfitsOf(object).filter((misfit) => misfit.kind === kind)) {
    yield violation(field, message, undefined, severity)
  }
}
