/** A violation of a rule as a problem of the report, with the line that a reader should look at. */

import type { Check, Location, Problem, RuleText } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import type { Excuse } from './excuses.ts'
import type { Violation } from './rule.ts'
import { podRules } from './rules.ts'

/** A problem, and whom it is about. */
export type ManifestProblem = Problem & {
  readonly subject: string
  readonly locations: readonly Location[]
  /** From an annotation that the base has already: the problem is waived. */
  readonly excuse?: Excuse
}

export function problemOf(rule: RuleText, violation: Violation, subject: string, check: Check): ManifestProblem {
  return {
    rule: rule.id,
    check,
    severity: violation.severity ?? rule.severity,
    title: rule.title,
    message: violation.message,
    ...('level' in rule && aliasesOf(rule.id)),
    references: rule.references,
    subject: violation.subject ?? subject,
    locations: ['field' in violation ? placeOf(violation.field) : violation.location],
    ...(violation.suggestion && { suggestion: violation.suggestion }),
  }
}

/** A chart that is rendered with several sets of values has the same objects, and the same to be said of them, several times. */
export function saidOnce<One extends ManifestProblem>(problems: readonly One[]): readonly One[] {
  const seen = new Set<string>()
  return problems.filter(({ rule, subject, message, locations: [at] }) => {
    const key = `${rule}\n${subject}\n${message}\n${at?.file}:${at?.startLine}:${at?.startColumn}`
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}

/** The rule of our own that says the same as a check of the standard. */
function aliasesOf(standardId: string): { readonly aliases?: readonly string[] } {
  const aliases = podRules
    .filter(({ saidBy, yieldsTo }) => yieldsTo?.includes(standardId) || saidBy?.includes(standardId))
    .map(({ id }) => id)
  return aliases.length === 0 ? {} : { aliases }
}

/** The line that a reader should look at: a scalar with its key, a map or a list by its key or its first line. */
function placeOf(field: Field): Location {
  const value = field.location()
  const key = field.keyLocation()
  if (field.kind === 'scalar' && key.startLine === value.startLine && key.startColumn !== undefined) {
    return { ...value, startColumn: Math.min(key.startColumn, value.startColumn ?? key.startColumn) }
  }
  if (key.startLine === key.endLine) return key
  const { file, startLine, startColumn } = key
  return { file, startLine, endLine: startLine, ...(startColumn !== undefined && { startColumn }) }
}
