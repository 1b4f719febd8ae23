/** The team's own policies over a tree. They are taken from the base, where there is one: no change can weaken its own judge. */

import type { Gap } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import type { ObjectDenial } from '../../policy/object-denials.ts'
import type { PodTemplates } from '../../repo/pod.ts'
import type { RunProgram } from '../../repo/render/program.ts'
import type { KubernetesObject, Repository } from '../../repo/repository.ts'
import { hasUserPolicies, isGatekeeperConstraint, objectOf } from '../has-user-policies.ts'
import { saidOnce } from '../problem.ts'
import { TooCostly, withinTime } from './cel/bounded.ts'
import { celEvaluator } from './cel-evaluator.ts'
import { admissionPolicies, kyvernoValidatingPolicies, unknownPolicies } from './cel-policy.ts'
import { kyvernoPolicies } from './kyverno/cluster-policy.ts'
import { unaskedImagePolicies } from './kyverno/image-policies.ts'
import { dependsOnNamespace, ofAnyNamespace } from './match.ts'
import { objectConditions } from './object-conditions.ts'
import type { NamedBytes } from './rego/sources.ts'
import { type Target, targetsOf } from './target.ts'
import { gapOf, type PolicyResult, type PolicyVerdict, problemOf, type UserPolicy } from './verdicts.ts'

/** For all targets together, for one that is slow, and for a policy in all. */
const limits = { allMilliseconds: 2_000, oneMilliseconds: 100, policyMilliseconds: 5_000 }

/** What the policy file names besides the tree's own: objects of other engines, and Rego with the programs that can run it. */
export interface NamedPolicies {
  readonly documents?: readonly Field[]
  readonly rego?: readonly NamedBytes[]
  readonly run?: RunProgram
  /** The policy's own conditions. */
  readonly conditions?: readonly ObjectDenial[]
  readonly podTemplates?: PodTemplates
}

export async function judgeByUserPolicies(repository: Repository, base?: Repository, named: NamedPolicies = {}): Promise<PolicyResult> {
  const { documents: more = [], rego = [], run, conditions = [], podTemplates } = named
  const tree = base ?? repository
  if (!hasUserPolicies(tree, more, [...rego, ...conditions])) return { problems: [], gaps: [] }
  const others = more.map(objectOf)
  const source = { ...tree, objects: [...tree.objects, ...others.filter((object) => !isIn(tree, object))] }
  const evaluator = celEvaluator()
  const targets = targetsOf(repository, base)
  const [constraints, written] = await Promise.all([
    source.objects.some(isGatekeeperConstraint)
      ? (await import('./rego/gatekeeper.ts')).gatekeeperPolicies(source.objects, targets, evaluator, run)
      : { policies: [], gaps: [] },
    rego.length > 0 ? (await import('./rego/policies.ts')).regoPolicies(rego, targets, run) : { policies: [], failures: [] },
  ])
  const policies = [
    ...admissionPolicies(source, evaluator),
    ...constraints.policies,
    ...kyvernoPolicies(source, evaluator),
    ...kyvernoValidatingPolicies(source, evaluator),
    ...objectConditions(conditions, podTemplates),
    ...written.policies,
  ]
  const results = policies.map((policy) => judgeAll(policy, targets))
  return {
    problems: saidOnce(results.flatMap(({ problems }) => problems)),
    gaps: [
      ...constraints.gaps,
      ...unaskedImagePolicies(tree.objects, others),
      ...unknownPolicies(source),
      ...written.failures.map(({ subject, message }) => ({ subject, message: `Rego policy: ${message}`, locations: [] })),
      ...results.flatMap(({ gaps }) => gaps),
    ],
  }
}

/** The policy file can name a file of the tree itself. */
function isIn({ objects }: Repository, { kind, name, apiVersion }: KubernetesObject): boolean {
  return objects.some((object) => object.kind === kind && object.name === name && object.apiVersion === apiVersion)
}

function judgeAll(policy: UserPolicy, targets: readonly Target[]): PolicyResult {
  try {
    return resultOf(
      policy,
      withinTime(() => targets.map((target) => ({ target, verdicts: judgeOne(policy, target) })), limits.allMilliseconds),
    )
  } catch (error) {
    if (!(error instanceof TooCostly)) throw error
    return judgeSlowly(policy, targets)
  }
}

/** Target by target, to tell the slow ones from the others. */
function judgeSlowly(policy: UserPolicy, targets: readonly Target[]): PolicyResult {
  const results: PolicyResult[] = []
  const end = performance.now() + limits.policyMilliseconds
  for (const target of targets) {
    const left = Math.min(limits.oneMilliseconds, end - performance.now())
    try {
      if (left <= 0) throw new TooCostly('no time is left')
      results.push(resultOf(policy, [{ target, verdicts: withinTime(() => judgeOne(policy, target), left) }]))
    } catch (error) {
      if (!(error instanceof TooCostly)) throw error
      results.push({ problems: [], gaps: [gapOf(policy, target.object.subject, error.message, target.object.root.at('metadata', 'name'))] })
    }
  }
  return { problems: results.flatMap(({ problems }) => problems), gaps: results.flatMap(({ gaps }) => gaps) }
}

function judgeOne(policy: UserPolicy, target: Target): readonly PolicyVerdict[] {
  const verdicts = policy.judge(target)
  const other = policy.selectsNamespaces && verdicts.length === 0 ? ofAnyNamespace(target) : undefined
  return other && policy.judge(other).length > 0 ? [dependsOnNamespace(target)] : verdicts
}

function resultOf(
  policy: UserPolicy,
  judged: readonly { readonly target: Target; readonly verdicts: readonly PolicyVerdict[] }[],
): PolicyResult {
  const problems: PolicyResult['problems'][number][] = []
  const gaps = new Map<string, Gap>()
  for (const { target, verdicts } of judged) {
    for (const verdict of verdicts) {
      if (verdict.kind === 'refused') problems.push(problemOf(policy, target, verdict))
      else
        gaps.set(
          `${target.object.subject} ${verdict.message}`,
          gapOf(policy, target.object.subject, verdict.message, target.object.root.at('metadata', 'name')),
        )
    }
  }
  return { problems, gaps: [...gaps.values()] }
}
