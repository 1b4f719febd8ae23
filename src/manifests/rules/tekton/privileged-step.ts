/** Steps are containers: https://tekton.dev/docs/pipelines/tasks/#specifying-a-step-template */
import { quote } from '../../../findings.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import { replaceScalar } from '../../edits.ts'
import type { Rule } from '../../rule.ts'
import { isTekton, tasksOf, tektonKinds } from '../../tekton.ts'
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
      for (const step of [...steps, ...sidecars, spec.at('stepTemplate')]) {
        const field = step.at('securityContext', 'privileged')
        if (field.value === true)
          yield violation(
            field,
            `step ${quote(String(step.at('name').value ?? 'template'))} runs privileged`,
            replaceScalar(context, field, 'false'),
          )
      }
      for (const volume of spec.at('volumes').items()) {
        const path = volume.at('hostPath')
        if (isSet(path))
          yield violation(
            path,
            `volume ${quote(String(volume.at('name').value ?? ''))} is the path ${quote(String(path.at('path').value ?? ''))} of the node`,
            undefined,
            'high',
          )
      }
    }
  },
}
