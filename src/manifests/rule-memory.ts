/**
 * What rules said of objects that two trees share. A rule is asked again where it looked at anything besides its subject and the policy: whether it
 * did is watched, not declared.
 */
import type { Field } from '../formats/field.ts'
import type { ManifestProblem } from './problem.ts'
import type { Context } from './rule.ts'

export interface RuleMemory {
  /** `key` tells apart what is asked of one document. */
  recall(root: Field, key: string): readonly ManifestProblem[] | undefined
  keep(root: Field, key: string, problems: readonly ManifestProblem[]): void
  /** A number for the definitions that a tree's schemas come from: trees with others share nothing. */
  schemas(definitions: readonly Field[]): number
}

export function ruleMemory(): RuleMemory {
  const kept = new WeakMap<Field, Map<string, readonly ManifestProblem[]>>()
  const seen: (readonly Field[])[] = []
  return {
    schemas(definitions) {
      const known = seen.findIndex((one) => one.length === definitions.length && one.every((root, index) => root === definitions[index]))
      return known < 0 ? seen.push(definitions) - 1 : known
    },
    recall: (root, key) => kept.get(root)?.get(key),
    keep(root, key, problems) {
      const own = kept.get(root)
      if (own) own.set(key, problems)
      else kept.set(root, new Map([[key, problems]]))
    },
  }
}

export interface WatchedContext {
  readonly context: Context
  /** Forgets what was looked at, and says which file is the subject's own. */
  start(file: string): void
  hasLookedAround(): boolean
}

/** The same context; schemas are no surroundings, for trees with others share nothing. */
export function watched(context: Context): WatchedContext {
  let own = ''
  let looked = false
  const look = <Value>(value: Value): Value => {
    looked = true
    return value
  }
  const { repository, settings } = context
  const watchedRepository = watchMembers(repository, look, {
    lines: (file: string) => (file === own ? repository.lines(file) : look(repository.lines(file))),
  })
  // The same policy is held against all trees, but for what their images' references named.
  const watchedSettings = watchMembers(settings, (value) => value, {})
  Object.defineProperty(watchedSettings, 'digests', { enumerable: true, get: () => look(settings.digests) })
  return {
    context: watchMembers(context, look, {
      repository: watchedRepository,
      settings: watchedSettings,
      misfitsOf: context.misfitsOf,
    }),
    start(file) {
      own = file
      looked = false
    },
    hasLookedAround: () => looked,
  }
}

/** An object with the members of another; reading one of those that `given` does not replace is told to `look`. */
function watchMembers<Thing extends object>(thing: Thing, look: <Value>(value: Value) => Value, given: Partial<Thing>): Thing {
  const copy = {}
  for (const name of Object.keys(thing)) {
    const replaced = Reflect.get(given, name)
    Object.defineProperty(copy, name, {
      configurable: true,
      enumerable: true,
      get: replaced === undefined ? () => look(Reflect.get(thing, name)) : () => replaced,
    })
  }
  return copy as Thing
}
