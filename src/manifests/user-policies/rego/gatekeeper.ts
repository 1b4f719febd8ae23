/** Gatekeeper's constraints with their templates, in Rego or CEL. https://open-policy-agent.github.io/gatekeeper/website/docs/constrainttemplates/ */
import { type Gap, quote } from '../../../findings.ts'
import type { Field } from '../../../formats/field.ts'
import type { RunProgram } from '../../../repo/render/program.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import { isGatekeeperConstraint } from '../../has-user-policies.ts'
import { isSet } from '../../violation.ts'
import type { Evaluator } from '../cel-evaluator.ts'
import { celJudge } from '../cel-policy.ts'
import { dependsOnNamespace, ofAnyNamespace, operationOf } from '../match.ts'
import type { Target } from '../target.ts'
import type { PolicyVerdict, UserPolicy } from '../verdicts.ts'
import { evaluateRego } from './engine.ts'
import { matchesConstraint } from './gatekeeper-match.ts'
import { plainValue } from './plain-value.ts'
import { packageOf } from './policies.ts'
import { judgingRules, refusalsOf, verdictOf } from './results.ts'
import type { RegoModule } from './sources.ts'

export interface GatekeeperPolicies {
  readonly policies: readonly UserPolicy[]
  /** Constraints that are for objects of the tree and could not be asked. */
  readonly gaps: readonly Gap[]
}

/** One policy a constraint. One that only runs dry is asked where it can be, and missed by nobody where it cannot. */
export async function gatekeeperPolicies(
  objects: readonly KubernetesObject[],
  targets: readonly Target[],
  evaluator: Evaluator,
  run: RunProgram | undefined,
): Promise<GatekeeperPolicies> {
  const templates = new Map(
    objects
      .filter(({ kind, apiVersion }) => kind === 'ConstraintTemplate' && apiVersion.startsWith('templates.gatekeeper.sh/'))
      .map(({ root }) => [String(root.at('spec', 'crd', 'spec', 'names', 'kind').value), root] as const),
  )
  const judged = await Promise.all(
    objects.filter(isGatekeeperConstraint).map(async (constraint) => {
      const match = constraint.root.at('spec', 'match')
      const wanted = new Set(targets.filter((target) => matchesConstraint(match, target)))
      const assumed = isSet(match.at('namespaceSelector'))
        ? targets.filter((target) => !wanted.has(target) && matchesConstraint(match, ofAnyNamespace(target) ?? target))
        : []
      const matched = new Set([...wanted, ...assumed])
      const template = templates.get(constraint.kind)
      const judge = matched.size === 0 ? () => [] : await judgeOf(constraint, template, [...matched], evaluator, run)
      const verdictsOf: Judge =
        typeof judge === 'string'
          ? judge
          : (target) => {
              const verdicts = matched.has(target) ? judge(target) : []
              return verdicts.length > 0 && !wanted.has(target) ? [dependsOnNamespace(target)] : verdicts
            }
      return { constraint, template, judge: verdictsOf }
    }),
  )
  return {
    policies: judged.flatMap(({ constraint, template, judge }) =>
      typeof judge === 'string' ? [] : [policyOf(constraint, template, judge)],
    ),
    gaps: judged.flatMap(({ constraint, judge }) =>
      typeof judge === 'string' && actionOf(constraint.root.at('spec')) !== 'dryrun' ? [gapOf(constraint, judge)] : [],
    ),
  }
}

function policyOf(constraint: KubernetesObject, template: Field | undefined, judge: UserPolicy['judge']): UserPolicy {
  return {
    title: titleOf(constraint),
    name: constraint.name,
    isWarning: actionOf(constraint.root.at('spec')) !== 'deny',
    description: String(template?.at('metadata', 'annotations', 'metadata.gatekeeper.sh/title').value ?? ''),
    judge,
  }
}

function titleOf({ kind, name }: KubernetesObject): string {
  return `Gatekeeper constraint ${quote(`${kind}/${name}`)}`
}

function gapOf(constraint: KubernetesObject, message: string): Gap {
  const { file, startLine } = constraint.root.at('kind').location()
  return {
    subject: constraint.subject,
    message: `${titleOf(constraint)} is not evaluated here: ${message}`,
    locations: [{ file, startLine, endLine: startLine }],
  }
}

/** https://open-policy-agent.github.io/gatekeeper/website/docs/enforcement-points/ */
function actionOf(spec: Field): unknown {
  const action = spec.at('enforcementAction').value ?? 'deny'
  if (action !== 'scoped') return action
  const actions = spec
    .at('scopedEnforcementActions')
    .items()
    .map((scoped) => scoped.at('action').value)
  return actions.includes('deny') ? 'deny' : (actions[0] ?? 'deny')
}

/** Or why the constraint cannot be asked. */
type Judge = UserPolicy['judge'] | string

async function judgeOf(
  { root }: KubernetesObject,
  template: Field | undefined,
  matched: readonly Target[],
  evaluator: Evaluator,
  run: RunProgram | undefined,
): Promise<Judge> {
  if (!template) return 'its template is not in the tree'
  const target = template
    .at('spec', 'targets')
    .items()
    .find((one) => one.at('target').value === 'admission.k8s.gatekeeper.sh')
  if (!target) return 'its template has no target of admission'
  const codes = target.at('code').items()
  const cel = codes.find((code) => code.at('engine').value === 'K8sNativeValidation')?.at('source')
  if (cel) return celJudge(cel, gatekeeperVariables, root, evaluator)
  const source = codes.find((code) => code.at('engine').value === 'Rego')?.at('source') ?? target
  const { modules, reason } = modulesOf(source)
  const name = packageOf(modules[0]?.text ?? '')
  if (reason !== undefined || name === undefined) return reason ?? 'its template holds no Rego'
  const parameters = root.at('spec', 'parameters')
  const inputs = matched.map((one) => ({ review: reviewOf(one), parameters: parameters.kind === 'map' ? parameters.toJson() : {} }))
  try {
    const syntax = source.at('version').value === 'v1' ? 'v1' : 'v0'
    const answers = await evaluateRego({ modules, data: {}, packages: [name], inputs, syntax }, run)
    const verdicts = new Map(matched.map((one, index) => [one, refusals(answers[index]?.get(name), one)] as const))
    return (one) => verdicts.get(one) ?? []
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function refusals(values: ReadonlyMap<string, unknown> | undefined, target: Target): readonly PolicyVerdict[] {
  const rules = judgingRules(values?.keys() ?? [])
  if (!values || rules.size === 0) return [{ kind: 'unknown', message: 'its template has no rule named violation' }]
  return refusalsOf(values, rules).map((refusal) => verdictOf(refusal, target))
}

function modulesOf(source: Field): { readonly modules: readonly RegoModule[]; readonly reason?: string } {
  const texts = [source.at('rego'), ...source.at('libs').items()].map((field) => ({ field, text: String(field.value ?? '') }))
  const modules = texts.map(({ field, text }) => ({ name: `${field.location().file}:${field.location().startLine}`, text }))
  const whole = texts.map(({ text }) => text).join('\n')
  if (/\bdata\s*\.\s*inventory\b|\bdata\s*\[\s*"inventory"/u.test(whole)) return { modules, reason: 'it depends on what the cluster holds' }
  if (/\bexternal_data\s*\(/u.test(whole)) return { modules, reason: 'it asks a provider of external data' }
  if (/\buserInfo\b/u.test(whole)) return { modules, reason: 'it depends on who asks' }
  return { modules }
}

/** The request as Gatekeeper hands it to a template; who asks is not known here. */
function reviewOf(target: Target): unknown {
  const { group, version, kind, resource, name, namespace, oldTarget } = target
  return {
    kind: { group, version, kind },
    resource: { group, version, resource },
    name,
    namespace,
    operation: operationOf(target),
    object: plainValue(target.value()),
    ...(oldTarget && { oldObject: plainValue(oldTarget.value()) }),
    dryRun: false,
  }
}

/** https://open-policy-agent.github.io/gatekeeper/website/docs/validating-admission-policy/#variables */
const gatekeeperVariables: readonly (readonly [name: string, expression: string])[] = [
  ['anyObject', 'object'],
  ['params', 'has(params.spec) && has(params.spec.parameters) ? params.spec.parameters : null'],
]
