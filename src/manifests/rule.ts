/** What a manifest rule is: one file a rule, listed in `rules.ts`. */

import type { RuleText, Severity } from '../findings.ts'
import type { Field } from '../formats/field.ts'

/** A rule over one kind of thing: a pod (of any workload), a Dockerfile, an object, or the whole repository. */
export interface Rule<Subject> extends RuleText {
  check(subject: Subject): Iterable<Violation>
}

/** One place a violation; the message is one lower-case clause. */
export interface Violation {
  readonly field: Field
  readonly message: string
  /** Where this case is better or worse than the rule in general. */
  readonly severity?: Severity
  /** Whole lines that mend it, when the fix is certain. */
  readonly suggestion?: { readonly startLine: number; readonly endLine: number; readonly replacement: string }
}
