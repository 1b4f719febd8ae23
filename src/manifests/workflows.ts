/** Jobs and steps of GitHub workflows and composite actions: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax */
import type { Field } from '../formats/field.ts'
import type { Workflow } from '../repo/repository.ts'

export function jobsOf({ root }: Workflow): readonly Field[] {
  return root
    .at('jobs')
    .entries()
    .map(([, job]) => job)
}

/** The steps of all jobs, or those of an action. */
export function stepsOf(workflow: Workflow): readonly Field[] {
  const jobs = jobsOf(workflow).flatMap((job) => job.at('steps').items())
  return [...jobs, ...workflow.root.at('runs', 'steps').items()]
}

export interface Step {
  readonly step: Field
  /** The maps of `env` that it sees, the nearest first. */
  readonly environments: readonly Field[]
}

/** The same with what is set around them. */
export function stepsInJobs(workflow: Workflow): readonly Step[] {
  const { root } = workflow
  const inJob = (job: Field) => (step: Field) => ({ step, environments: [step.at('env'), job.at('env'), root.at('env')] })
  return [
    ...jobsOf(workflow).flatMap((job) => job.at('steps').items().map(inJob(job))),
    ...root.at('runs', 'steps').items().map(inJob(root)),
  ]
}

/** The events that start it, however they are written. */
export function eventsOf({ root }: Workflow): ReadonlySet<string> {
  const on = root.at('on')
  const names = [
    ...on.entries().map(([name]) => name),
    ...on.items().map(({ value }) => String(value)),
    ...(typeof on.value === 'string' ? [on.value] : []),
  ]
  return new Set(names)
}

/** More of a script is not looked at. */
const limit = 256 * 1024

/** What stands between `${{` and `}}` in a text, with `a['b']` written as `a.b`. */
export function expressionsOf({ value }: Field): readonly string[] {
  if (typeof value !== 'string') return []
  return [...value.slice(0, limit).matchAll(/\$\{\{([^{}]{1,2000})\}\}/g)].map(([, inner = '']) =>
    inner.trim().replace(/\[\s*'([\w-]+)'\s*\]/g, '.$1'),
  )
}
