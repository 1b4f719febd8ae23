/** All manifest rules over one repository: a pure function of what the tree holds and of what the policy says. */

import type { Check, Location, Problem, RuleText } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import type { Pod } from '../repo/pod.ts'
import type { KubernetesObject, Repository } from '../repo/repository.ts'
import { contextOf } from './context.ts'
import { type Excuse, excusesOn } from './excuses.ts'
import { type Demand, readDemands } from './pod-security.ts'
import type { Context, ManifestSettings, Rule, Violation } from './rule.ts'
import { changeRules, dockerfileRules, imageUseRules, objectRules, podRules, repositoryRules, workflowRules } from './rules.ts'
import { standardViolations } from './standard.ts'

/** A problem, and whom it is about. */
export type ManifestProblem = Problem & {
  readonly subject: string
  readonly locations: readonly Location[]
  /** From an annotation that the base has already: the problem is waived. */
  readonly excuse?: Excuse
}

/** With `base`, the tree before the change, also what the change adds. */
export function judgeManifests(repository: Repository, settings: ManifestSettings, base?: Repository): readonly ManifestProblem[] {
  const context = contextOf(repository, settings)
  const demandOn = readDemands(repository, settings)
  const problems: ManifestProblem[] = []
  const rulesOf = new Map<string, readonly Rule<KubernetesObject>[]>()
  for (const object of repository.objects) {
    const rules = rulesOf.get(object.kind) ?? objectRules.filter(({ kinds }) => kinds === undefined || kinds.includes(object.kind))
    rulesOf.set(object.kind, rules)
    problems.push(...judge(rules, object, object.subject, 'manifest', context))
  }
  for (const pod of context.pods) problems.push(...judgePod(pod, demandOn(pod.object.namespace), context))
  for (const use of repository.imageUses) {
    problems.push(...judge(imageUseRules, use, use.user, use.role === 'base' ? 'dockerfile' : 'manifest', context))
  }
  for (const dockerfile of repository.dockerfiles) {
    problems.push(...judge(dockerfileRules, dockerfile, dockerfile.file, 'dockerfile', context))
  }
  for (const workflow of repository.workflows ?? []) {
    problems.push(...judge(workflowRules, workflow, workflow.file, 'manifest', context))
  }
  problems.push(...judge(repositoryRules, repository, '', 'manifest', context))
  if (base === undefined) return problems
  problems.push(...judge(changeRules, { base: contextOf(base, settings) }, '', 'manifest', context))
  return settings.today === undefined ? problems : excused(problems, excusesOn(base, settings.today))
}

function excused(problems: readonly ManifestProblem[], excuseOf: ReturnType<typeof excusesOn>): readonly ManifestProblem[] {
  return problems.map((problem) => {
    const excuse = excuseOf(problem.subject, [problem.rule, ...(problem.aliases ?? [])])
    return excuse === undefined ? problem : { ...problem, excuse }
  })
}

function* judgePod(pod: Pod, demand: Demand, context: Context): Generator<ManifestProblem> {
  const inForce = new Set<string>()
  for (const { rule, violation, severity } of standardViolations(pod, demand, context, inForce)) {
    yield problemOf(rule, { ...violation, severity }, pod.object.subject, 'manifest')
  }
  const rules = podRules.filter(({ yieldsTo }) => !yieldsTo?.every((id) => inForce.has(id)))
  yield* judge(rules, pod, pod.object.subject, 'manifest', context)
}

function* judge<Subject>(
  rules: readonly Rule<Subject>[],
  thing: Subject,
  subject: string,
  check: Check,
  context: Context,
): Generator<ManifestProblem> {
  for (const rule of rules) {
    if (rule.offByDefault && !context.settings.enabledRules?.includes(rule.id)) continue
    for (const violation of rule.check(thing, context)) yield problemOf(rule, violation, subject, check)
  }
}

function problemOf(rule: RuleText, violation: Violation, subject: string, check: Check): ManifestProblem {
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

/** The rule of our own that says the same as a check of the standard. */
function aliasesOf(standardId: string): { readonly aliases?: readonly string[] } {
  const aliases = podRules.filter(({ yieldsTo }) => yieldsTo?.includes(standardId)).map(({ id }) => id)
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
