/** Whom a problem of an image concerns: what is wrong with a container is not said of a line that only builds on the image, nor of a pod that sees to it. */
import type { Location, Problem } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import { endOfLifeOf } from '../manifests/dockerfile/end-of-life.ts'
import { isComposeFile } from '../repo/compose.ts'
import { podsOf } from '../repo/pod.ts'
import type { ImageUse, Repository } from '../repo/repository.ts'
import type { ImageRule } from '../scan/image-config/rule.ts'
import { imageRules } from '../scan/image-config/rules.ts'
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
  const concerns = new Map<string, ImageRule['concerns']>(imageRules.map((rule) => [rule.id, rule.concerns]))
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
    const concern = concerns.get(rule)
    const whole = (some: readonly ImageUse[]) => (some.length > 0 ? [{ problem, locations: linesOf(some) }] : [])
    if (rule === 'image/end-of-life' && uses.length > 0) return whole(uses.filter((use) => !isTold(use)))
    if (concern === undefined || concern === 'image') return [{ problem, locations: linesOf(uses) }]
    const containers = uses.filter((use) => use.role === 'container' && !workflows.has(use.location.file))
    if (concern === 'non-root') return whole(containers.filter((use) => userOf(use) === 'any but root'))
    if (uses.length === 0) return [{ problem, locations: [] }]
    if (concern === 'long-running') return whole(containers.filter((use) => isComposeFile(use.location.file) && !hasCheck(use)))
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

/** Whom a container runs as by its workload or service. `any but root`: it says runAsNonRoot, and leaves the number to the image. */
type ContainerUser = "the image's" | 'any but root' | 'its own'
const byStrictness: readonly ContainerUser[] = ['its own', "the image's", 'any but root']

/** By the place of the image's name; what stands for several containers (a template) counts as the strictest of them. */
function containerUsers({
  composeServices = [],
  objects,
}: Pick<Repository, 'composeServices' | 'objects'>): ReadonlyMap<string, ContainerUser> {
  const users = new Map<string, ContainerUser>()
  const add = (image: Field, found: ContainerUser) => {
    const place = placeOf(image.location())
    const known = users.get(place)
    if (known === undefined || byStrictness.indexOf(found) > byStrictness.indexOf(known)) users.set(place, found)
  }
  for (const pod of objects.flatMap((object) => podsOf(object))) {
    const forPod = pod.at('securityContext')
    for (const container of pod.containers) {
      const own = container.at('securityContext')
      const [user, nonRoot] = ['runAsUser', 'runAsNonRoot'].map((key) => (own.at(key).kind === 'scalar' ? own.at(key) : forPod.at(key)))
      add(container.at('image'), user?.kind === 'scalar' ? 'its own' : nonRoot?.value === true ? 'any but root' : "the image's")
    }
  }
  for (const { root } of composeServices) {
    const user = root.at('user')
    add(root.at('image'), user.kind === 'scalar' && !/^(?:root|0+)?(?::|$)/.test(String(user.value)) ? 'its own' : "the image's")
  }
  return users
}

/** Services of Compose files that bring a health check of their own. */
function checkedServices({ composeServices = [] }: Pick<Repository, 'composeServices'>): ReadonlySet<string> {
  const own = composeServices.filter(({ root }) => {
    const check = root.at('healthcheck')
    const test = check.at('test')
    const first = test.kind === 'list' ? test.at(0).value : test.value
    return test.kind !== 'absent' && first !== 'NONE' && check.at('disable').value !== true
  })
  return new Set(own.map(({ root }) => placeOf(root.at('image').location())))
}

function placeOf({ file, startLine, startColumn = 0 }: Location): string {
  return `${file}:${startLine}:${startColumn}`
}
