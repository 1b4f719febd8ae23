/** Event data in scripts: https://docs.github.com/en/actions/reference/security/secure-use */
import { quote } from '../../../findings.ts'
import type { Field } from '../../../formats/field.ts'
import type { Workflow } from '../../../repo/repository.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'
import { expressionsOf, stepsInJobs } from '../../workflows.ts'

export const workflowScriptInjection: Rule<Workflow> = {
  id: 'workflow/script-injection',
  severity: 'high',
  title: 'Text of an event is pasted into a script',
  why: 'The expression is replaced before the shell reads the script: a title or branch name such as `$(curl …)` is run, with the token and the secrets of the job, and anybody can write a title.',
  fix: 'Hand the value over in `env`, and use `"$NAME"` in the script.',
  references: ['https://docs.github.com/en/actions/reference/security/secure-use'],
  *check(workflow) {
    for (const { step, environments } of stepsInJobs(workflow)) {
      const uses = String(step.at('uses').value ?? '')
      const texts: readonly Field[] = [step.at('run'), ...(uses.startsWith('actions/github-script@') ? [step.at('with', 'script')] : [])]
      for (const field of texts) {
        for (const expression of new Set(expressionsOf(field))) {
          if (isFromOutside(expression) || variablesOf(expression, environments).some(isFromOutside))
            yield violation(field, `script contains ${quote(expression)}, which others write`)
          else if (inputsOf(expression).some((name) => isText(name, workflow)))
            yield violation(field, `script contains ${quote(expression)}, which whoever starts it writes`, undefined, 'medium')
        }
      }
    }
  },
}

/** https://securitylab.github.com/resources/github-actions-untrusted-input/ */
function isFromOutside(expression: string): boolean {
  return (
    /\bgithub\.head_ref\b|\btojson\(\s*github(?:\.event(?:\.[\w.]+)?)?\s*\)|\bgithub\.event\.client_payload\b/i.test(expression) ||
    (!/\bgithub\.event\.inputs\b/.test(expression) &&
      /\bgithub\.event\.(?:[\w.*-]|\[\d*\]){0,120}\.(?:body|default_branch|display_title|email|head_branch|label|message|name|page_name|ref|title)\b/.test(
        expression,
      ))
  )
}

/** What the variables of an expression are made from: `env.NAME` is put in as it stands, too. */
function variablesOf(expression: string, environments: readonly Field[]): readonly string[] {
  return [...expression.matchAll(/\benv\.([A-Za-z_]\w*)/g)].flatMap(([, name = '']) => {
    const value = environments.map((environment) => environment.at(name)).find(({ kind }) => kind !== 'absent')
    return value === undefined ? [] : expressionsOf(value)
  })
}

function inputsOf(expression: string): readonly string[] {
  return [...expression.matchAll(/(?<![\w.])(?:github\.event\.)?inputs\.([\w-]+)/g)].map(([, name = '']) => name)
}

/** False for inputs that have a type that GitHub holds them to. */
function isText(name: string, { root }: Workflow): boolean {
  const types = ['workflow_dispatch', 'workflow_call'].map((event) => root.at('on', event, 'inputs', name))
  const declared = types.filter(({ kind }) => kind !== 'absent')
  return declared.length === 0 || declared.some((input) => !/^(?:boolean|choice|environment|number)$/.test(String(input.at('type').value)))
}
