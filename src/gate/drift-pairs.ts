/** Which image of the base became which of the head: by the place that names them, else by their repository where that leaves no choice. */
import type { ImageUse } from '../repo/repository.ts'

export interface Replacement {
  readonly before: string
  readonly after: string
}

type Use = Pick<ImageUse, 'reference' | 'user' | 'role'>

/** By the reference of the head's image: the base's in its place, the first of several. What both trees name is no replacement of anything. */
export function replacements(before: readonly Use[], after: readonly Use[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const matched = new Set<string>()
  const add = (pair: Replacement | undefined): void => {
    if (!pair) return
    matched.add(pair.before)
    if (!found.has(pair.after)) found.set(pair.after, pair.before)
  }
  const old = Map.groupBy(before, userOf)
  for (const [user, now] of Map.groupBy(after, userOf)) for (const pair of pairsOfUser(old.get(user) ?? [], now)) add(pair)
  // A thing that was renamed or moved: nothing tells which became which where there is more than one.
  const gone = Map.groupBy(
    distinct(withoutBoth(before, after)).filter((reference) => !matched.has(reference)),
    repositoryOf,
  )
  const come = Map.groupBy(
    distinct(withoutBoth(after, before)).filter((reference) => !found.has(reference)),
    repositoryOf,
  )
  for (const [repository, [image, ...more]] of come) {
    const [earlier, ...others] = gone.get(repository) ?? []
    if (image !== undefined && earlier !== undefined && more.length + others.length === 0) add({ before: earlier, after: image })
  }
  return found
}

function* pairsOfUser(before: readonly Use[], after: readonly Use[]): Generator<Replacement> {
  let old = withoutBoth(before, after)
  const rest: Use[] = []
  for (const use of withoutBoth(after, before)) {
    const same = old.find((other) => repositoryOf(other.reference) === repositoryOf(use.reference))
    if (!same) {
      rest.push(use)
      continue
    }
    // One of the base may have become two of the head.
    if (old.filter((other) => repositoryOf(other.reference) === repositoryOf(use.reference)).length > 1)
      old = old.filter((other) => other !== same)
    yield { before: same.reference, after: use.reference }
  }
  const left = old.filter((other) => !after.some(({ reference }) => repositoryOf(reference) === repositoryOf(other.reference)))
  if (left.length === rest.length)
    for (const [index, use] of rest.entries()) yield { before: left[index]?.reference ?? '', after: use.reference }
}

function withoutBoth(uses: readonly Use[], others: readonly Use[]): readonly Use[] {
  const named = new Set(others.map(({ reference }) => reference))
  return uses.filter(({ reference }) => !named.has(reference))
}

function distinct(uses: readonly Use[]): readonly string[] {
  return [...new Set(uses.map(({ reference }) => reference))]
}

function userOf({ user, role }: Use): string {
  return `${role} ${user}`
}

/** Without tag and digest. */
export function repositoryOf(reference: string): string {
  return reference.replace(/@.*$/su, '').replace(/:[^:/]*$/u, '')
}
