/** What has been told of a pull request already: a push tells what is new, and no more. */
import { createHash } from 'node:crypto'
import type { Report } from '../../findings.ts'
import type { Match } from '../../gate/response-matches.ts'
import type { Effect } from '../../gate/responses.ts'

/** Keys that are remembered, the newest last; of what is beyond, the oldest is told again. */
const mostKeys = 1000
/** Findings that tell one run that is blocked from another. */
const mostBlocking = 100

export interface Fresh {
  readonly effect: Effect
  /** Of what it is about. */
  readonly keys: readonly string[]
}

/** The effect without what was told before; undefined where that is all of it. */
export function freshPart(effect: Effect, report: Report, told: ReadonlySet<string>): Fresh | undefined {
  const keys: string[] = []
  const matches = effect.matches.flatMap((match): Match[] => {
    if (match.findings.length === 0) {
      const fresh = subjectsOf(effect, match, report)
        .map((about) => keyOf(effect, about))
        .filter((key) => !told.has(key))
      keys.push(...fresh)
      return fresh.length > 0 ? [match] : []
    }
    const findings = match.findings.filter(({ fingerprint }) => {
      const key = keyOf(effect, fingerprint)
      if (told.has(key)) return false
      keys.push(key)
      return true
    })
    return findings.length > 0 ? [{ ...match, findings }] : []
  })
  return keys.length > 0 ? { effect: { ...effect, matches }, keys } : undefined
}

/** Sixty bits of a hash over the rule, its action and what it is about. */
function keyOf({ rule, action, channel }: Effect, about: string): string {
  const name = rule.actions.indexOf(action)
  return createHash('sha256')
    .update(JSON.stringify([rule.source.condition, rule.source.actions[name], channel ?? '', about]))
    .digest('base64url')
    .slice(0, 10)
}

/** Of the run as a whole: what blocks it; for whoever watches a cluster, its images, which are looked at together. */
function subjectsOf({ isHandover }: Effect, { subject }: Match, { findings, subjects }: Report): readonly string[] {
  if (subject !== undefined) return [subject]
  if (isHandover)
    return [
      subjects
        .map(({ digest, reference }) => digest ?? reference)
        .sort()
        .join(),
    ]
  const blocking = findings.filter((finding) => finding.blocking).map(({ fingerprint }) => fingerprint)
  return blocking.length > 0 ? blocking.slice(0, mostBlocking) : ['']
}

const start = '<!-- portcullis-told '
const line = /^<!-- portcullis-told ([\w,-]{0,20000}) -->$/

export function writeTold(keys: readonly string[]): string {
  return `${start}${[...new Set(keys)].slice(-mostKeys).join()} -->`
}

/** Of the second paragraph of a summary of ours: further down there is text of others. */
export function readTold(body: string): readonly string[] {
  const [, keys = ''] = line.exec(body.split(/\r?\n\r?\n/, 2)[1] ?? '') ?? []
  return keys === '' ? [] : keys.split(',')
}
