/** Which findings are accepted, for how long, and what there is to say of the waivers themselves. */
import type { Finding, Problem } from '../findings.ts'
import { quote } from '../findings.ts'
import { matchesText } from '../policy/patterns.ts'
import type { Policy, Waiver } from '../policy/policy.ts'

/** Days from today that a waiver may last where the policy says no less: one that would last longer does not hold. */
const longestWaiverDays = 180

/** The policy's waivers, and what it says of all of them. */
export type WaiverPolicy = Pick<Policy, 'waiverDays' | 'waivers'>

/** What a waiver is held against. */
export type Waivable = Pick<Finding, 'fingerprint' | 'subject'> & Pick<Problem, 'aliases' | 'rule'>

/** The first that holds on this day, `YYYY-MM-DD`. */
export function waiverFor({ waivers, waiverDays }: WaiverPolicy, finding: Waivable, today: string): Waiver | undefined {
  return waivers.find((waiver) => waiver.until >= today && !isTooLong(waiver, today, waiverDays) && names(waiver, finding))
}

/**
 * One clause for each waiver that does not do what it was written for, in their order. `isWhole`: everything was judged, so that a waiver which names
 * nothing has nothing to name.
 */
export function waiverNotes(
  { waivers, waiverDays = longestWaiverDays }: WaiverPolicy,
  findings: readonly Waivable[],
  today: string,
  isWhole: boolean,
): readonly string[] {
  return waivers.flatMap((waiver) => {
    const { location, until } = waiver
    const where = `${location.file}:${location.startLine}: the waiver of ${quote(waiver.fingerprint ?? waiver.rule ?? '')}`
    const isNeeded = findings.some((finding) => names(waiver, finding))
    if (isTooLong(waiver, today, waiverDays))
      return [`${where} does not hold: it lasts until ${until}, at most ${waiverDays} days are accepted`]
    if (until < today && isNeeded) return [`${where} ended on ${until}: what it accepted counts again`]
    return isNeeded || !isWhole ? [] : [`${where} accepts nothing any more: take it out`]
  })
}

function names({ fingerprint, rule, subject }: Waiver, finding: Waivable): boolean {
  if (fingerprint !== undefined && fingerprint !== finding.fingerprint) return false
  if (rule !== undefined && rule !== finding.rule && !finding.aliases?.includes(rule)) return false
  return subject === undefined || matchesText(subject, finding.subject)
}

function isTooLong({ until }: Waiver, today: string, days = longestWaiverDays): boolean {
  return Date.parse(`${until}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`) > days * 86_400_000
}
