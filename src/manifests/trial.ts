/** An object as it would be after a suggestion, judged by the rules over objects and their pods. */

import type { Suggestion } from '../findings.ts'
import { parseYaml } from '../formats/yaml.ts'
import { podsOf } from '../repo/pod.ts'
import type { KubernetesObject } from '../repo/repository.ts'
import { type ManifestProblem, problemOf } from './problem.ts'
import type { Context, Rule } from './rule.ts'
import { podRules } from './rules.ts'
import { type ChecksInForce, standardViolations } from './standard.ts'

/** A larger object, and one that more is suggested for, is not tried, and has no suggestion then. */
const limits = { lines: 1000, suggestions: 8 }

/** The problems, each with its suggestion only where that clears it and adds none. */
export function tried(
  problems: readonly ManifestProblem[],
  object: KubernetesObject,
  context: Context,
  rules: readonly Rule<KubernetesObject>[],
  standard: ChecksInForce,
): readonly ManifestProblem[] {
  const offered = problems.filter(({ suggestion }) => suggestion !== undefined)
  if (offered.length === 0) return problems
  if (offered.length > limits.suggestions) return problems.map(withoutSuggestion)
  const before = messagesOf(object, context, rules, standard)
  const isHelp = ({ rule, message, suggestion }: ManifestProblem): boolean => {
    const edited = suggestion && !isAskedForByOthers(object, suggestion) ? editedObject(object, suggestion, context) : undefined
    if (edited === undefined) return false
    const rest = without(before, `${rule} ${message}`)
    return without(messagesOf(edited, context, rules, standard), ...rest).length === 0
  }
  return problems.map((problem) => (isHelp(problem) ? problem : withoutSuggestion(problem)))
}

function withoutSuggestion({ suggestion, ...problem }: ManifestProblem): ManifestProblem {
  return problem
}

/** Network policies are judged together with the workloads that they are for, which the object alone does not show. */
function isAskedForByOthers({ kind }: KubernetesObject, { replacement }: Suggestion): boolean {
  return kind === 'NetworkPolicy' || /\b(?:labels|matchLabels|matchExpressions|selector)\b/.test(replacement)
}

/** Undefined where its lines alone are not the object. */
function editedObject(object: KubernetesObject, { startLine, endLine, replacement }: Suggestion, { repository }: Context) {
  const { file } = object
  const { startLine: first, endLine: last, startColumn } = object.root.location()
  if (startColumn !== 1 || startLine < first || endLine > last || last - first >= limits.lines) return undefined
  const lines = repository.lines(file)
  const own = [...lines.slice(first - 1, startLine - 1), replacement, ...lines.slice(endLine, last)]
  const { documents, errors } = parseYaml(file, new TextEncoder().encode(own.join('\n')), { dialect: 'kubernetes' })
  const [root] = documents
  return root === undefined || documents.length > 1 || errors.length > 0 ? undefined : { ...object, root }
}

function messagesOf(
  object: KubernetesObject,
  context: Context,
  rules: readonly Rule<KubernetesObject>[],
  standard: ChecksInForce,
): readonly string[] {
  const problems = [
    ...rules.flatMap((rule) => [...rule.check(object, context)].map((violation) => problemOf(rule, violation, object.subject, 'manifest'))),
    ...podsOf(object).flatMap((pod) => [
      ...podRules.flatMap((rule) =>
        [...rule.check(pod, context)].map((violation) => problemOf(rule, violation, object.subject, 'manifest')),
      ),
      ...[...standardViolations(pod, standard, context)].map(({ rule, violation }) =>
        problemOf(rule, violation, object.subject, 'manifest'),
      ),
    ]),
  ]
  return problems.map(({ rule, message }) => `${rule} ${message}`)
}

/** `list` less each of `taken`, as often as it is there. */
function without(list: readonly string[], ...taken: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const one of taken) counts.set(one, (counts.get(one) ?? 0) + 1)
  return list.filter((one) => {
    const left = counts.get(one) ?? 0
    counts.set(one, left - 1)
    return left <= 0
  })
}
