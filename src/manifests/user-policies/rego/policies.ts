/** Rego that the policy file names, over the objects of a tree as they are written. Asked at once, so that a program is started once a policy. */
import { quote } from '../../../findings.ts'
import type { RunProgram } from '../../../repo/render/program.ts'
import type { Target } from '../target.ts'
import type { PolicyVerdict, UserPolicy } from '../verdicts.ts'
import { evaluateRego } from './engine.ts'
import { plainValue } from './plain-value.ts'
import { judgingRules, type RuleValues, refusalsOf, verdictOf } from './results.ts'
import { type CompiledPolicy, type NamedBytes, type RegoModule, readRegoSources } from './sources.ts'
import { evaluateCompiled, type WasmResult } from './wasm.ts'

export interface RegoPolicies {
  readonly policies: readonly UserPolicy[]
  /** Policies that could not be asked at all. */
  readonly failures: readonly { readonly subject: string; readonly message: string }[]
}

/** Never throws: a policy that cannot be asked is one of the failures. */
export async function regoPolicies(
  files: readonly NamedBytes[],
  all: readonly Target[],
  run: RunProgram | undefined,
): Promise<RegoPolicies> {
  // The pods of workloads are not written in any file.
  const targets = all.filter((target) => target.kind === target.object.kind)
  const { modules, compiled, data, problems } = await readRegoSources(files)
  const failures = problems.map(({ name, message }) => ({ subject: name, message }))
  const policies: UserPolicy[] = []
  for (const program of compiled) {
    try {
      policies.push(...(await compiledPolicies(program, targets)))
    } catch (error) {
      failures.push({ subject: program.name, message: messageOf(error) })
    }
  }
  if (modules.length > 0 && targets.length > 0) {
    try {
      policies.push(...(await modulePolicies(modules, data, targets, run)))
    } catch (error) {
      failures.push({
        subject: modules
          .map(({ name }) => name)
          .join(', ')
          .slice(0, 200),
        message: messageOf(error),
      })
    }
  }
  return { policies, failures }
}

async function modulePolicies(
  modules: readonly RegoModule[],
  data: Readonly<Record<string, unknown>>,
  targets: readonly Target[],
  run: RunProgram | undefined,
): Promise<readonly UserPolicy[]> {
  const packages = judgingPackages(modules)
  if (packages.size === 0) throw new Error('no rule is named deny, violation, warn or allow')
  const answers = await evaluateRego({ modules, data, packages: [...packages.keys()], inputs: targets.map(inputOf), syntax: 'v1' }, run)
  return [...packages].flatMap(([name, { files, rules: written }]) => {
    // conftest gathers rules with a suffix under their first word.
    const rules = new Set([...written, ...judgingRules(answers.flatMap((answer) => [...(answer.get(name)?.keys() ?? [])]))])
    return policiesOf({ name, files, rules, values: (index) => answers[index]?.get(name) ?? new Map() }, targets)
  })
}

async function compiledPolicies(program: CompiledPolicy, targets: readonly Target[]): Promise<readonly UserPolicy[]> {
  const results = await evaluateCompiled(program, targets.map(inputOf))
  const names = new Set(results.flatMap((result) => ('packages' in result ? [...result.packages.keys()] : [])))
  const unknown = new Map(targets.map((target, index) => [target, errorOf(results[index])] as const))
  const policies = [...names].flatMap((name) => {
    const values = (index: number) => {
      const result = results[index]
      return result && 'packages' in result ? result.packages.get(name) : undefined
    }
    const rules = judgingRules(targets.flatMap((_, index) => [...(values(index)?.keys() ?? [])]))
    return policiesOf({ name, files: [program.name], rules, values }, targets)
  })
  const title = `Rego policy ${quote(program.name)}`
  const failing: UserPolicy = {
    ...policyOf(title, program.name, false),
    judge(target) {
      const message = unknown.get(target)
      return message === undefined ? [] : [{ kind: 'unknown', message }]
    },
  }
  return [...policies, failing]
}

function errorOf(result: WasmResult | undefined): string | undefined {
  if (result === undefined) return 'it gave no answer'
  return 'error' in result ? result.error : undefined
}

interface JudgingPackage {
  readonly name: string
  readonly files: readonly string[]
  readonly rules: ReadonlySet<string>
  /** What the rules say of a target; undefined where that is not known, which is told elsewhere. */
  values(index: number): RuleValues | undefined
}

/** What it refuses, and what it warns of: two policies, since they are decided on apart. */
function policiesOf({ name, files, rules, values }: JudgingPackage, targets: readonly Target[]): readonly UserPolicy[] {
  const title = `Rego policy ${quote(files.join(', '))}`
  const positions = new Map(targets.map((target, index) => [target, index] as const))
  const verdicts = (target: Target, isWarning: boolean): readonly PolicyVerdict[] => {
    const index = positions.get(target)
    const found = index === undefined ? undefined : values(index)
    if (found === undefined) return []
    if (rules.size === 0)
      return isWarning ? [] : [{ kind: 'unknown', message: `package ${quote(name)} has no rule named deny, violation, warn or allow` }]
    return refusalsOf(found, rules)
      .filter((refusal) => refusal.isWarning === isWarning)
      .map((refusal) => verdictOf(refusal, target))
  }
  return [false, true].map((isWarning) => ({ ...policyOf(title, name, isWarning), judge: (target: Target) => verdicts(target, isWarning) }))
}

function policyOf(title: string, name: string, isWarning: boolean): Omit<UserPolicy, 'judge'> {
  return { title, name, isWarning, description: '' }
}

function inputOf(target: Target): unknown {
  return plainValue(target.value())
}

/** https://www.openpolicyagent.org/docs/policy-language#packages: the first statement of a module. */
export function packageOf(text: string): string | undefined {
  return /^\s*package\s+([\w.[\]"-]+)/mu.exec(withoutComments(text))?.[1]?.replaceAll(/\["([^"]*)"\]/gu, '.$1')
}

/** Packages with rules that judge; the others are what these are made with. */
function judgingPackages(modules: readonly RegoModule[]): ReadonlyMap<string, Pick<JudgingPackage, 'files' | 'rules'>> {
  const byName = Map.groupBy(modules, ({ text }) => packageOf(text) ?? '')
  const packages = [...byName].map(([name, own]) => {
    const heads = own.flatMap(({ text }) =>
      [...withoutComments(text).matchAll(/^(?:default\s+)?([A-Za-z_]\w*)(?=[\s[({:=]|$)/gmu)].map(([, head = '']) => head),
    )
    return [name, { files: own.map((module) => module.name), rules: judgingRules(heads) }] as const
  })
  return new Map(packages.filter(([name, { rules }]) => name !== '' && rules.size > 0).sort(([left], [right]) => (left < right ? -1 : 1)))
}

function withoutComments(text: string): string {
  return text.replaceAll(/^\s*#.*$/gmu, '')
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 500)
}
