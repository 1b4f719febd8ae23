/**
 * Which rules have to be asked of a document, as far as that is known from another tree or another run: those that said something of it, and those that
 * looked at anything besides it and the policy. Whether a rule did is watched, not declared.
 */
import type { Origin } from '../repo/repository.ts'
import type { ManifestProblem } from './problem.ts'
import type { Context } from './rule.ts'

/** Of one subject: an object, or a pod of it. All rules that it does not name have nothing to say. */
export interface Answer {
  /** Ids of rules in their order. Where all of them are the same, so is the array. */
  readonly asks: string[]
  /** What those said in this run that looked at nothing else. */
  said?: Map<string, readonly ManifestProblem[]>
}

export interface Answers {
  readonly own: Answer
  /** In the object's order. */
  readonly pods: readonly Answer[]
}

/** One document under given circumstances: all that its rules depend on beside the policy and what they look around for. */
export interface AnswerKey extends Origin {
  readonly circumstances: string
}

export type KeptAnswers = AnswerKey & Answers

export interface RuleMemory {
  recall(key: AnswerKey): Answers | undefined
  keep(key: AnswerKey, answers: Answers): void
  /** All, apart by whether this run has asked for them; undefined where there is nothing that was not known from the beginning. */
  news(): { readonly used: readonly KeptAnswers[]; readonly unused: readonly KeptAnswers[] } | undefined
}

/** `known` is from another run, of the same program under the same policy. */
export function ruleMemory(known: Iterable<KeptAnswers> = []): RuleMemory {
  const unused = new Map<string, KeptAnswers>()
  for (const answers of known) unused.set(nameOf(answers), answers)
  const used = new Map<string, KeptAnswers>()
  let hasNews = false
  return {
    recall(key) {
      const name = nameOf(key)
      const found = used.get(name) ?? unused.get(name)
      if (!found) return undefined
      if (unused.delete(name)) used.set(name, found)
      return found
    },
    keep(key, answers) {
      hasNews = true
      used.set(nameOf(key), { ...key, ...answers })
    },
    news: () => (hasNews ? { used: [...used.values()], unused: [...unused.values()] } : undefined),
  }
}

function nameOf({ digest, index, circumstances }: AnswerKey): string {
  return `${digest} ${index} ${circumstances}`
}

export interface WatchedContext {
  readonly context: Context
  /** Forgets what was looked at, and says which file is the subject's own. */
  start(file: string): void
  hasLookedAround(): boolean
}

/** The same context; schemas are no surroundings, for they are circumstances. */
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
  // The same policy is held against all trees of all runs, but for what their images' references named, and the day.
  const watchedSettings = watchMembers(settings, (value) => value, {})
  for (const name of ['digests', 'today'] as const)
    Object.defineProperty(watchedSettings, name, { enumerable: true, get: () => look(settings[name]) })
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
