/** Whom a problem of an image concerns: what is wrong with a container is not said of a line that only builds on the image, nor of a pod that sees to it. */
import type { Location, Problem } from '../findings.ts'
import { endOfLifeOf } from '../manifests/dockerfile/end-of-life.ts'
import { isComposeFile } from '../repo/compose.ts'
import type { ImageUse, Repository } from '../repo/repository.ts'
import { concernOf } from './concerned-image.ts'
import { type ContainerUser, checkedServices, containerUsers, placeOf } from './container-users.ts'
import { linesOf } from './place.ts'

/** The problem as the lines are told it: nothing where it concerns none of them. */
export type Concerned = (problem: Problem, uses: readonly ImageUse[]) => readonly { problem: Problem; locations: readonly Location[] }[]

export interface ConcernedOptions {
  /** `YYYY-MM-DD`, where Dockerfiles are judged: their own rule tells the end of life of a base that its name tells. */
  readonly dockerfilesToday?: string
}

export function concernedUses(
  repository: Pick<Repository, 'composeServices' | 'objects' | 'workflows'>,
  { dockerfilesToday }: ConcernedOptions,
): Concerned {
  const workflows = new Set((repository.workflows ?? []).map(({ file }) => file))
  let users: ReadonlyMap<string, ContainerUser> | undefined
  let healthy: ReadonlySet<string> | undefined
  const userOf = (use: ImageUse): ContainerUser => {
    users ??= containerUsers(repository)
    return users.get(placeOf(use.location)) ?? "the image's"
  }
  const hasCheck = (use: ImageUse): boolean => {
    healthy ??= checkedServices(repository)
    return healthy.has(placeOf(use.location))
  }
  const isTold = (use: ImageUse) =>
    use.role === 'base' && endOfLifeOf(use.reference).some(({ date }) => dockerfilesToday !== undefined && date < dockerfilesToday)

  return (problem, uses) => {
    const { rule } = problem
    const concern = concernOf(rule)
    const whole = (some: readonly ImageUse[]) => (some.length > 0 ? [{ problem, locations: linesOf(some) }] : [])
    if (rule === 'image/end-of-life' && uses.length > 0) return whole(uses.filter((use) => !isTold(use)))
    if (concern === undefined || concern === 'image') return [{ problem, locations: linesOf(uses) }]
    const containers = uses.filter((use) => use.role === 'container' && !workflows.has(use.location.file))
    if (concern === 'non-root') return whole(containers.filter((use) => userOf(use) === 'any but root'))
    if (uses.length === 0) return [{ problem, locations: [] }]
    if (concern === 'long-running') return whole(containers.filter((use) => isComposeFile(use.location.file) && !hasCheck(use)))
    // Whom the workload names is nobody that the image would have to know.
    if (rule === 'image/unknown-user') return whole(containers.filter((use) => userOf(use) !== 'its own'))
    if (rule !== 'image/root-user') return whole(containers)
    const byUser = Map.groupBy(containers, userOf)
    return [
      ...whole(byUser.get("the image's") ?? []),
      ...whole(byUser.get('any but root') ?? []).map(({ locations }) => ({ problem: refused(problem), locations })),
    ]
  }
}

/** The kubelet looks at the image before it starts the container. */
function refused(problem: Problem): Problem {
  return { ...problem, message: `${problem.message}; with runAsNonRoot, as here, the kubelet does not start it`, anchor: 'run-as-non-root' }
}
