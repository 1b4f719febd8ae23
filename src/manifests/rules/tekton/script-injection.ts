/** Parameters in scripts: https://tekton.dev/docs/pipelines/tasks/#substituting-in-script-blocks */
import { quote } from '../../../findings.ts'
import type { Field } from '../../../formats/field.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import type { Rule } from '../../rule.ts'
import { isTekton, stepName, tasksOf, tektonKinds } from '../../tekton.ts'
import { violation } from '../../violation.ts'

export const scriptInjection: Rule<KubernetesObject> = {
  id: 'tekton/script-injection',
  severity: 'high',
  title: 'Parameter is pasted into a script',
  why: 'Tekton puts the text of the parameter into the script before a shell reads it: a value such as `; curl … | sh` is run. Whoever starts the task, or names a branch, decides what.',
  fix: 'Hand the parameter over in `env`, and use `"$NAME"` in the script.',
  references: ['https://tekton.dev/docs/pipelines/tasks/#using-substitution-in-scripts'],
  kinds: tektonKinds,
  *check(object) {
    if (!isTekton(object)) return
    for (const { steps, sidecars } of tasksOf(object)) {
      for (const step of [...steps, ...sidecars]) {
        for (const { field, text } of shellTexts(step)) {
          const pasted = new Set(
            [
              ...text
                .slice(0, limit)
                .matchAll(/\$\(((?:params|inputs\.params|tt\.params)(?:\.[\w.-]+|\[["'][^"'\]]+["']\]))(?:\[\*\])?\)/g),
            ].map(([, parameter]) => parameter),
          )
          for (const parameter of pasted) yield violation(field, `${stepName(step)} pastes ${quote(parameter ?? '')} into its script`)
        }
      }
    }
  },
}

const limit = 256 * 1024

/** What a shell reads: the script, and what follows `-c`. */
function shellTexts(step: Field): readonly { readonly field: Field; readonly text: string }[] {
  const script = step.at('script')
  const words = [...step.at('command').items(), ...step.at('args').items()]
  const after = words.findIndex(({ value }) => typeof value === 'string' && /^-[a-z]*c$/.test(value))
  const isShell = /(?:^|\/)(?:ash|bash|dash|sh|zsh)$/.test(String(words[0]?.value ?? ''))
  const command = isShell && after > 0 ? words[after + 1] : undefined
  return [script, command].flatMap((field) => (typeof field?.value === 'string' ? [{ field, text: field.value }] : []))
}
