/** Steps are containers: https://tekton.dev/docs/pipelines/tasks/#specifying-a-step-template */
import { quote } from '../../../findings.ts'
import type { Field } from '../../../formats/field.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import { defaultCapabilities } from '../../default-capabilities.ts'
import { replaceScalar } from '../../edits.ts'
import type { Rule, Violation } from '../../rule.ts'
import { isTekton, podTemplatesOf, stepName, tasksOf, tektonKinds } from '../../tekton.ts'
import { isSet, violation } from '../../violation.ts'

export const privilegedStep: Rule<KubernetesObject> = {
  id: 'tekton/privileged-step',
  severity: 'critical',
  title: 'Step runs privileged',
  why: 'A step runs what is built, and what is built comes from whoever opened the request: privileged, it has the node, and with it the secrets of every other build.',
  fix: 'Remove `privileged: true`; build images with a rootless builder.',
  references: ['https://tekton.dev/docs/pipelines/tasks/'],
  kinds: tektonKinds,
  *check(object, context) {
    if (!isTekton(object)) return
    for (const { spec, steps, sidecars } of tasksOf(object)) {
      const template = spec.at('stepTemplate')
      for (const step of [...steps, ...sidecars, template]) {
        const name = step === template ? 'step template' : stepName(step)
        const field = step.at('securityContext', 'privileged')
        if (field.value === true) yield violation(field, `${name} runs privileged`, replaceScalar(context, field, 'false'))
        for (const added of step.at('securityContext', 'capabilities', 'add').items()) {
          if (!defaultCapabilities.has(String(added.value)))
            yield violation(added, `${name} adds the capability ${quote(String(added.value))}`, undefined, 'high')
        }
      }
      yield* hostPaths(spec)
    }
    for (const template of podTemplatesOf(object)) {
      const field = template.at('hostNetwork')
      if (field.value === true) yield violation(field, 'pods of the run are in the network of their node', undefined, 'high')
      yield* hostPaths(template)
    }
  },
}

function* hostPaths(spec: Field): Iterable<Violation> {
  for (const volume of spec.at('volumes').items()) {
    const path = volume.at('hostPath')
    if (!isSet(path)) continue
    const [name, where] = [volume.at('name'), path.at('path')].map(({ value }) => quote(String(value ?? '')))
    yield violation(path, `volume ${name} is the path ${where} of the node`, undefined, 'high')
  }
}
