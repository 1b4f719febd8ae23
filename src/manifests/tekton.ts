/** Where Tekton keeps steps: https://tekton.dev/docs/pipelines/tasks/, https://tekton.dev/docs/pipelines/stepactions/ */
import { quote } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import type { KubernetesObject } from '../repo/repository.ts'

export interface TektonTask {
  /** The TaskSpec, or the StepActionSpec. */
  readonly spec: Field
  readonly steps: readonly Field[]
  readonly sidecars: readonly Field[]
}

/** The kinds that hold tasks. */
export const tektonKinds: readonly string[] = ['ClusterTask', 'Pipeline', 'PipelineRun', 'StepAction', 'Task', 'TaskRun']

export function isTekton({ apiVersion }: KubernetesObject): boolean {
  return apiVersion.startsWith('tekton.dev/')
}

/** The tasks that an object holds: its own, and those that pipelines and runs spell out. */
export function tasksOf({ kind, root }: KubernetesObject): readonly TektonTask[] {
  const spec = root.at('spec')
  switch (kind) {
    case 'Task':
    case 'ClusterTask':
      return [taskAt(spec)]
    case 'StepAction':
      return [{ spec, steps: [spec], sidecars: [] }]
    case 'TaskRun':
      return [taskAt(spec.at('taskSpec'))]
    case 'Pipeline':
      return pipelineTasks(spec)
    case 'PipelineRun':
      return pipelineTasks(spec.at('pipelineSpec'))
    default:
      return []
  }
}

/** `step "build"`; a StepAction, and a step without a name, is only `step`. */
export function stepName(step: Field): string {
  const { value } = step.at('name')
  return typeof value === 'string' && value !== '' ? `step ${quote(value)}` : 'step'
}

/** What a run says of the pods that are made for its tasks. https://tekton.dev/docs/pipelines/podtemplates/ */
export function podTemplatesOf({ root }: KubernetesObject): readonly Field[] {
  const spec = root.at('spec')
  const ofTasks = spec.at('taskRunSpecs').items()
  return [
    spec.at('podTemplate'),
    spec.at('taskRunTemplate', 'podTemplate'),
    ...ofTasks.flatMap((one) => [one.at('podTemplate'), one.at('taskPodTemplate')]),
  ]
}

function pipelineTasks(spec: Field): readonly TektonTask[] {
  return ['tasks', 'finally']
    .flatMap((part) => spec.at(part).items())
    .map((task) => task.at('taskSpec'))
    .filter(({ kind }) => kind === 'map')
    .map(taskAt)
}

function taskAt(spec: Field): TektonTask {
  return { spec, steps: spec.at('steps').items(), sidecars: spec.at('sidecars').items() }
}
