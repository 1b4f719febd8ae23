/** Event data in scripts: https://docs.github.com/en/actions/reference/security/secure-use */
import { quote } from '../../../findings.ts'
import type { Field } from '../../../formats/field.ts'
import type { Workflow } from '../../../repo/repository.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'
import { expressionsOf, stepsOf } from '../../workflows.ts'

export const workflowScriptInjection: Rule<Workflow> = {
  id: 'workflow/script-injection',
  severity: 'high',
  title: 'Text of an event is pasted into a script',
  why: 'The expression is replaced before the shell reads the script: a title or branch name such as `$(curl …)` is run, with the token and the secrets of the job, and anybody can write a title.',
  fix: 'Hand the value over in `env`, and use `"$NAME"` in the script.',
  references: ['https://docs.github.com/en/actions/reference/security/secure-use'],
  *check(workflow) {
    for (const step of stepsOf(workflow)) {
      const uses = String(step.at('uses').value ?? '')
      const texts: readonly Field[] = [step.at('run'), ...(uses.startsWith('actions/github-script@') ? [step.at('with', 'script')] : [])]
      for (const field of texts) {
        const pasted = new Set(expressionsOf(field).filter(isFromOutside))
        for (const expression of pasted) yield violation(field, `script contains ${quote(expression)}, which others write`)
      }
    }
  },
}

/** https://securitylab.github.com/resources/github-actions-untrusted-input/ */
function isFromOutside(expression: string): boolean {
  return (
    /\bgithub\.head_ref\b/.test(expression) ||
    /\bgithub\.event\.(?:[\w.*-]|\[\d*\]){0,120}\.(?:body|default_branch|email|label|message|name|page_name|ref|title)\b/.test(expression)
  )
}
