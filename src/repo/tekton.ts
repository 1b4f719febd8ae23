/** The images of Tekton's steps and sidecars. https://tekton.dev/docs/pipelines/tasks/, API v1 and v1beta1 */
import type { Field } from '../formats/field.ts'
import { imageUse } from './image-use.ts'
import { groupOf } from './pod.ts'
import type { ImageUse, KubernetesObject } from './repository.ts'

/** What a parameter is worth, as far as the file says; one that only a run decides is not there. */
export type Parameters = ReadonlyMap<string, string>

export function* tektonImageUses(object: KubernetesObject): Generator<ImageUse> {
  if (groupOf(object.apiVersion) !== 'tekton.dev') return
  const { root, subject } = object
  const spec = root.at('spec')
  switch (object.kind) {
    case 'ClusterTask':
    case 'Task':
      return yield* taskImages(spec, new Map(), subject)
    case 'StepAction':
      return yield* expandedUse(spec.at('image'), declaredParameters(spec, new Map()), subject)
    case 'Pipeline':
      return yield* pipelineImages(spec, new Map(), subject)
    case 'TaskRun':
      return yield* taskImages(spec.at('taskSpec'), givenParameters(spec, new Map()), subject)
    case 'PipelineRun':
      return yield* pipelineImages(spec.at('pipelineSpec'), givenParameters(spec, new Map()), subject)
  }
}

function* pipelineImages(spec: Field, values: ReadonlyMap<string, string | undefined>, user: string): Generator<ImageUse> {
  const parameters = declaredParameters(spec, values)
  for (const key of ['tasks', 'finally']) {
    for (const task of spec.at(key).items()) yield* taskImages(task.at('taskSpec'), givenParameters(task, parameters), user)
  }
}

export function* taskImages(spec: Field, values: ReadonlyMap<string, string | undefined>, user: string): Generator<ImageUse> {
  const parameters = declaredParameters(spec, values)
  // The template gives its image to the steps that have none of their own.
  yield* expandedUse(spec.at('stepTemplate', 'image'), parameters, user)
  for (const key of ['steps', 'sidecars']) {
    for (const step of spec.at(key).items()) yield* expandedUse(step.at('image'), parameters, user)
  }
}

/** The parameters that a task or pipeline declares: what it was given, else the default. */
export function declaredParameters(spec: Field, values: ReadonlyMap<string, string | undefined>): Parameters {
  const parameters = new Map<string, string>()
  for (const parameter of spec.at('params').items()) {
    const name = String(parameter.at('name').value ?? '')
    const fallback = parameter.at('default').value
    const value = values.has(name) ? values.get(name) : typeof fallback === 'string' ? fallback : undefined
    if (value !== undefined) parameters.set(name, value)
  }
  return parameters
}

/** The parameters that a run or a pipeline's task passes on; undefined where the value is decided later. */
export function givenParameters(spec: Field, outer: Parameters): ReadonlyMap<string, string | undefined> {
  return new Map(
    spec
      .at('params')
      .items()
      .map((parameter) => {
        const { value } = parameter.at('value')
        return [String(parameter.at('name').value ?? ''), typeof value === 'string' ? expand(value, outer) : undefined] as const
      }),
  )
}

/** Nothing where a run decides on the image: no reference is written there. */
function* expandedUse(field: Field, parameters: Parameters, user: string): Generator<ImageUse> {
  if (typeof field.value !== 'string') return
  const reference = expand(field.value, parameters)
  if (reference !== undefined) yield* imageUse(field, user, reference)
}

/** A reference has some hundred characters. */
const textLimit = 4096

/** https://tekton.dev/docs/pipelines/variables/; undefined where something in `$(…)` is not known. */
function expand(text: string, parameters: Parameters): string | undefined {
  if (text.length > textLimit) return undefined
  const expanded = text.replace(/\$\((?:inputs\.)?params(?:\.([\w.-]+)|\[(?:"([^"\]]+)"|'([^'\]]+)')\])\)/g, (written, ...names) => {
    const name = names.slice(0, 3).find((group) => group !== undefined) as string
    return parameters.get(name) ?? written
  })
  return expanded.includes('$(') ? undefined : expanded
}
