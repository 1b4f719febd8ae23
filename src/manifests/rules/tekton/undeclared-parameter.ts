/** Parameters have to be declared: https://tekton.dev/docs/pipelines/tasks/#specifying-parameters */
import { quote } from '../../../findings.ts'
import type { Field } from '../../../formats/field.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import type { Rule } from '../../rule.ts'
import { isTekton, tasksOf } from '../../tekton.ts'
import { violation } from '../../violation.ts'

export const undeclaredParameter: Rule<KubernetesObject> = {
  id: 'tekton/undeclared-parameter',
  severity: 'medium',
  title: 'Parameter is used and not declared',
  why: 'Tekton refuses the task, or leaves the text `$(params.…)` as it stands, where a shell takes it for a command.',
  fix: 'Declare the parameter under `spec.params`, with its type.',
  references: ['https://tekton.dev/docs/pipelines/tasks/#specifying-parameters'],
  kinds: ['ClusterTask', 'StepAction', 'Task'],
  *check(object) {
    // Steps of a pipeline may use the pipeline’s parameters too.
    if (!isTekton(object) || !['Task', 'ClusterTask', 'StepAction'].includes(object.kind)) return
    for (const { spec } of tasksOf(object)) {
      const declared = new Set(
        spec
          .at('params')
          .items()
          .map((parameter) => String(parameter.at('name').value)),
      )
      const seen = new Set<string>()
      for (const field of scalars(spec, 0)) {
        for (const [, plain, quoted] of field.text?.slice(0, limit).matchAll(/\$\(params(?:\.([\w-]+)|\[["']([^"'\]]+)["']\])/g) ?? []) {
          const name = plain ?? quoted ?? ''
          if (declared.has(name) || seen.has(name)) continue
          seen.add(name)
          yield violation(field, `parameter ${quote(name)} is not declared`)
        }
      }
    }
  },
}

const limit = 256 * 1024
const depthLimit = 32

function scalars(field: Field, depth: number): readonly Field[] {
  if (field.kind === 'scalar') return [field]
  if (depth === depthLimit) return []
  const below = field.kind === 'list' ? field.items() : field.entries().map(([, value]) => value)
  return below.flatMap((value) => scalars(value, depth + 1))
}
