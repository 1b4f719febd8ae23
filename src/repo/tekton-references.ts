/** The images that pipelines and runs decide on for the tasks that they name: parameters that have a value only there. https://tekton.dev/docs/pipelines/pipelineruns/ */
import type { Field } from '../formats/field.ts'
import { groupOf } from './pod.ts'
import type { ImageUse, KubernetesObject } from './repository.ts'
import { declaredParameters, givenParameters, type Parameters, taskImages } from './tekton.ts'

type Find = (kind: string, name: unknown) => KubernetesObject | undefined

/** Only those whose reference is not among `known` for the same line. */
export function* referencedImageUses(objects: readonly KubernetesObject[], known: readonly ImageUse[]): Generator<ImageUse> {
  const tekton = objects.filter(({ apiVersion }) => groupOf(apiVersion) === 'tekton.dev')
  const byName = new Map(tekton.map((object) => [`${object.kind}/${object.namespace}/${object.name}`, object]))
  const said = new Set(tekton.length === 0 ? [] : known.map(identity))
  for (const object of tekton) {
    const { kind, namespace } = object
    const find: Find = (wanted, name) => byName.get(`${wanted}/${wanted === 'ClusterTask' ? '' : namespace}/${String(name)}`)
    if (kind !== 'Pipeline' && kind !== 'PipelineRun' && kind !== 'TaskRun') continue
    for (const use of usesOf(object, find)) {
      if (said.has(identity(use))) continue
      said.add(identity(use))
      yield use
    }
  }
}

function identity({ location, reference }: ImageUse): string {
  return `${location.file}:${location.startLine}:${location.startColumn} ${reference}`
}

function* usesOf({ kind, root, subject }: KubernetesObject, find: Find): Generator<ImageUse> {
  const spec = root.at('spec')
  if (kind === 'TaskRun') return yield* ofTask(spec, new Map(), subject, find)
  if (kind === 'Pipeline') return yield* ofPipeline(spec, new Map(), subject, find)
  const named = find('Pipeline', spec.at('pipelineRef', 'name').value)?.root.at('spec')
  const pipeline = spec.at('pipelineSpec')
  yield* ofPipeline(pipeline.kind === 'map' ? pipeline : (named ?? pipeline), givenParameters(spec, new Map()), subject, find)
}

function* ofPipeline(spec: Field, values: ReadonlyMap<string, string | undefined>, user: string, find: Find): Generator<ImageUse> {
  const parameters = declaredParameters(spec, values)
  for (const part of ['tasks', 'finally']) for (const task of spec.at(part).items()) yield* ofTask(task, parameters, user, find)
}

/** `task` is a pipeline's task, or the spec of a run. */
function* ofTask(task: Field, parameters: Parameters, user: string, find: Find): Generator<ImageUse> {
  const reference = task.at('taskRef')
  const named = find(String(reference.at('kind').value ?? 'Task'), reference.at('name').value)?.root.at('spec')
  const own = task.at('taskSpec')
  const spec = own.kind === 'map' ? own : named
  if (spec) yield* taskImages(spec, givenParameters(task, parameters), user)
}
