/** All manifest rules over one repository: a pure function of what the tree holds and of what the policy says. */

import type { Check, Gap } from '../findings.ts'
import type { Pod } from '../repo/pod.ts'
import type { KubernetesObject, Repository } from '../repo/repository.ts'
import { contextOf } from './context.ts'
import { excusesOn } from './excuses.ts'
import { type Hearing, Hearings } from './hearings.ts'
import { type Demand, readDemands } from './pod-security.ts'
import { type ManifestProblem, problemOf, saidOnce } from './problem.ts'
import { changeOf, type ReachabilityChange } from './reachability/changes.ts'
import type { Change, Context, ManifestSettings, Rule } from './rule.ts'
import { type RuleMemory, type WatchedContext, watched } from './rule-memory.ts'
import {
  changeRules,
  composeRules,
  dockerfileRules,
  imageUseRules,
  objectRules,
  podRules,
  repositoryRules,
  standardRules,
  workflowRules,
} from './rules.ts'
import { type ChecksInForce, checksInForce, standardViolations } from './standard.ts'
import { type TreeFacts, treeFacts } from './tree-facts.ts'
import { tried } from './trial.ts'

export type { ManifestProblem } from './problem.ts'

export interface ManifestJudgement {
  readonly problems: readonly ManifestProblem[]
  /** A rule that failed: what it would have said of the subject is not known. */
  readonly gaps: readonly Gap[]
  /** With a base: what the change opens and closes in the network. */
  readonly reachability?: ReachabilityChange
}

/** The problems alone. Throws where a rule fails. */
export function judgeManifests(repository: Repository, settings: ManifestSettings, base?: Repository): readonly ManifestProblem[] {
  const { problems, gaps } = judgeTree(repository, settings, base)
  if (gaps[0] !== undefined) throw new Error(`${gaps[0].subject}: ${gaps[0].message}`)
  return problems
}

/**
 * With `base`, the tree before the change, also what the change adds. `factsOf` has what is known of a tree already, `memory` what is known of others
 * under the same policy.
 */
export function judgeTree(
  repository: Repository,
  settings: ManifestSettings,
  base?: Repository,
  factsOf: (repository: Repository) => TreeFacts = treeFacts,
  memory?: RuleMemory,
): ManifestJudgement {
  const judgement = new Judgement(contextOf(repository, settings, factsOf(repository)), memory)
  const demandOn = readDemands(repository, settings)
  const rulesOf = new Map<string, readonly Rule<KubernetesObject>[]>()
  for (const object of repository.objects) {
    const rules = rulesOf.get(object.kind) ?? objectRules.filter(({ kinds }) => kinds === undefined || kinds.includes(object.kind))
    rulesOf.set(object.kind, rules)
    judgement.judgeObject(rules, object, demandOn(object.namespace))
  }
  for (const pod of judgement.context.pods) judgement.judgePod(pod, demandOn(pod.object.namespace))
  judgement.remember()
  for (const use of repository.imageUses) judgement.judge(imageUseRules, use, use.user, use.role === 'base' ? 'dockerfile' : 'manifest')
  for (const dockerfile of repository.dockerfiles) judgement.judge(dockerfileRules, dockerfile, dockerfile.file, 'dockerfile')
  for (const service of repository.composeServices ?? []) judgement.judge(composeRules, service, service.file, 'manifest')
  for (const workflow of repository.workflows ?? []) judgement.judge(workflowRules, workflow, workflow.file, 'manifest')
  judgement.judge(repositoryRules, repository, 'the tree', 'manifest')
  const change = base && changeTo(judgement.context, contextOf(base, settings, factsOf(base)))
  if (change !== undefined) judgement.judge(changeRules, change, 'the change', 'manifest')
  const { problems, gaps } = judgement
  const isExcusing = base !== undefined && settings.today !== undefined
  return {
    problems: isExcusing ? excused(saidOnce(problems), excusesOn(base, settings.today)) : saidOnce(problems),
    gaps,
    ...(change && { reachability: change.reachability }),
  }
}

function changeTo({ reachability }: Context, base: Context): Change {
  return { base, reachability: changeOf(base.reachability, reachability) }
}

function excused(problems: readonly ManifestProblem[], excuseOf: ReturnType<typeof excusesOn>): readonly ManifestProblem[] {
  return problems.map((problem) => {
    const excuse = excuseOf(problem.subject, [problem.rule, ...(problem.aliases ?? [])])
    return excuse === undefined ? problem : { ...problem, excuse }
  })
}

/** Asked as one, and each of its checks left out where it has nothing to say. */
const standardFamily = 'pod-security'

/** Gathers; a rule that fails on one subject hides neither the others nor itself. */
class Judgement {
  readonly problems: ManifestProblem[] = []
  readonly gaps: Gap[] = []
  readonly context: Context
  readonly #hearings: Hearings | undefined
  readonly #watched: WatchedContext | undefined
  readonly #checks = new Map<Demand, ChecksInForce>()

  constructor(context: Context, memory: RuleMemory | undefined) {
    this.context = context
    if (!memory) return
    this.#hearings = new Hearings(memory, context.objectsOf('CustomResourceDefinition'))
    this.#watched = watched(context)
  }

  judge<Subject>(rules: readonly Rule<Subject>[], thing: Subject, subject: string, check: Check): void {
    for (const rule of rules) {
      if (!this.#isOn(rule)) continue
      this.#guarded(rule.id, subject, () => {
        for (const violation of rule.check(thing, this.context)) this.problems.push(problemOf(rule, violation, subject, check))
      })
    }
  }

  judgeObject(rules: readonly Rule<KubernetesObject>[], object: KubernetesObject, demand: Demand): void {
    const hearing = this.#hearings?.ofObject(object, demand)
    for (const rule of hearing?.asked(rules) ?? rules) {
      if (!this.#isOn(rule)) continue
      this.#ask(rule.id, object, hearing, (context) => {
        const problems = problemsOf(rule, object, object.subject, context)
        return rule.triesSuggestions ? tried(problems, object, context, rules, this.#checksOf(demand)) : problems
      })
    }
  }

  judgePod(pod: Pod, demand: Demand): void {
    const { object } = pod
    const hearing = this.#hearings?.ofPod(object)
    const standard = this.#checksOf(demand)
    const checks = hearing?.asked(standardRules, standardFamily) ?? standardRules
    if (checks.length > 0)
      this.#ask(standardFamily, object, hearing, (context) =>
        [...standardViolations(pod, standard, context, checks)].map(({ rule, violation, severity }) =>
          problemOf(rule, { ...violation, severity }, object.subject, 'manifest'),
        ),
      )
    for (const rule of hearing?.asked(podRules) ?? podRules) {
      if (rule.yieldsTo?.every((id) => standard.ids.has(id)) || !this.#isOn(rule)) continue
      this.#ask(rule.id, object, hearing, (context) => problemsOf(rule, pod, object.subject, context))
    }
  }

  /** For the other tree, and the next run. */
  remember(): void {
    this.#hearings?.remember()
  }

  #checksOf(demand: Demand): ChecksInForce {
    const known = this.#checks.get(demand) ?? checksInForce(demand)
    this.#checks.set(demand, known)
    return known
  }

  #isOn({ offByDefault, id }: Rule<never>): boolean {
    return !offByDefault || this.context.settings.enabledRules?.includes(id) === true
  }

  /** What a rule says of an object, or said of it in another tree of this run. */
  #ask(
    id: string,
    { file, subject }: KubernetesObject,
    hearing: Hearing | undefined,
    work: (context: Context) => readonly ManifestProblem[],
  ): void {
    const known = hearing?.said(id)
    if (known) {
      this.problems.push(...known)
      return
    }
    let problems: readonly ManifestProblem[] | 'failed' = 'failed'
    this.#guarded(id, subject, () => {
      this.#watched?.start(file)
      problems = work(this.#watched?.context ?? this.context)
      this.problems.push(...problems)
    })
    hearing?.heard(id, problems, this.#watched?.hasLookedAround() ?? true)
  }

  #guarded(rule: string, subject: string, work: () => void): void {
    try {
      work()
    } catch (error) {
      const message = `rule ${rule} failed: ${error instanceof Error ? error.message : String(error)}`
      this.gaps.push({ subject, message: message.slice(0, 300), locations: [] })
    }
  }
}

function problemsOf<Subject>(rule: Rule<Subject>, thing: Subject, subject: string, context: Context): readonly ManifestProblem[] {
  return [...rule.check(thing, context)].map((violation) => problemOf(rule, violation, subject, 'manifest'))
}
