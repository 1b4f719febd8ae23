/** Whom containers run as, and who looks after their health, by what their workload, task or Compose service says. */
import type { Location } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import { groupOf, podsOf } from '../repo/pod.ts'
import type { KubernetesObject, Repository } from '../repo/repository.ts'

/** `any but root`: it says runAsNonRoot, and leaves the number to the image. */
export type ContainerUser = "the image's" | 'any but root' | 'its own'
const byStrictness: readonly ContainerUser[] = ['its own', "the image's", 'any but root']

/** By the place of the image's name; what stands for several containers (a template) counts as the strictest of them. */
export function containerUsers({
  composeServices = [],
  objects,
}: Pick<Repository, 'composeServices' | 'objects'>): ReadonlyMap<string, ContainerUser> {
  const users = new Map<string, ContainerUser>()
  const add = (image: Field, found: ContainerUser) => {
    if (image.kind !== 'scalar') return
    const place = placeOf(image.location())
    const known = users.get(place)
    if (known === undefined || byStrictness.indexOf(found) > byStrictness.indexOf(known)) users.set(place, found)
  }
  for (const object of objects) {
    for (const pod of podsOf(object)) {
      for (const { field } of pod.containers) add(field.at('image'), userOf(field.at('securityContext'), pod.at('securityContext')))
    }
    for (const task of taskSpecs(object)) {
      const template = task.at('stepTemplate')
      const forSteps = template.at('securityContext')
      const steps = task.at('steps').items()
      for (const step of steps) add(step.at('image'), userOf(step.at('securityContext'), forSteps))
      for (const sidecar of task.at('sidecars').items()) add(sidecar.at('image'), userOf(sidecar.at('securityContext')))
      // The template's image is that of the steps that name none.
      for (const step of steps.filter((one) => one.at('image').kind === 'absent'))
        add(template.at('image'), userOf(step.at('securityContext'), forSteps))
    }
  }
  for (const { root } of composeServices) {
    const user = root.at('user')
    add(root.at('image'), user.kind === 'scalar' && !/^(?:root|0+)?(?::|$)/.test(String(user.value)) ? 'its own' : "the image's")
  }
  return users
}

/** A container's own field takes the place of its pod's. */
function userOf(own: Field, outer?: Field): ContainerUser {
  const [user, nonRoot] = ['runAsUser', 'runAsNonRoot'].map((key) => (own.at(key).kind === 'scalar' ? own.at(key) : outer?.at(key)))
  if (user?.kind === 'scalar') return 'its own'
  return nonRoot?.value === true ? 'any but root' : "the image's"
}

/** Whatever has `steps`, of Tekton's kinds. https://tekton.dev/docs/pipelines/tasks/ */
function taskSpecs({ apiVersion, kind, root }: KubernetesObject): readonly Field[] {
  if (groupOf(apiVersion) !== 'tekton.dev') return []
  const spec = root.at('spec')
  const ofPipeline = (pipeline: Field) =>
    ['tasks', 'finally'].flatMap((key) =>
      pipeline
        .at(key)
        .items()
        .map((task) => task.at('taskSpec')),
    )
  if (kind === 'TaskRun') return [spec.at('taskSpec')]
  if (kind === 'Pipeline') return ofPipeline(spec)
  return kind === 'PipelineRun' ? ofPipeline(spec.at('pipelineSpec')) : [spec]
}

/** The places of images of Compose services that bring a health check of their own. */
export function checkedServices({ composeServices = [] }: Pick<Repository, 'composeServices'>): ReadonlySet<string> {
  const own = composeServices.filter(({ root }) => {
    const check = root.at('healthcheck')
    const test = check.at('test')
    const first = test.kind === 'list' ? test.at(0).value : test.value
    return test.kind !== 'absent' && first !== 'NONE' && check.at('disable').value !== true
  })
  return new Set(own.map(({ root }) => placeOf(root.at('image').location())))
}

export function placeOf({ file, startLine, startColumn = 0 }: Location): string {
  return `${file}:${startLine}:${startColumn}`
}
