/** How old advisories may be. */

export interface AgeLimits {
  /** From this age on it is told. Default 3. */
  readonly warnDays: number
  /** From this age on it is a gap: what was published since is not looked for. Default 7. */
  readonly gapDays: number
}

export const defaultAgeLimits: AgeLimits = { warnDays: 3, gapDays: 7 }

export interface AgeJudgement {
  readonly verdict: 'fresh' | 'gap' | 'warn'
  /** Empty while it is fresh. */
  readonly message: string
}

const dayMilliseconds = 24 * 60 * 60 * 1000
/** Clocks of two machines may differ by so much. */
const toleranceMilliseconds = 60 * 60 * 1000

/** A time that lies ahead, or is none, says nothing of the age, and is a gap. */
export function judgeAge(name: string, built: Date, now: Date, { warnDays, gapDays }: AgeLimits = defaultAgeLimits): AgeJudgement {
  const age = now.getTime() - built.getTime()
  if (Number.isNaN(age)) return { verdict: 'gap', message: `advisories of ${name} do not say when they were built` }
  if (age < -toleranceMilliseconds)
    return { verdict: 'gap', message: `advisories of ${name} were built in the future, ${built.toISOString()}` }
  const days = Math.floor(age / dayMilliseconds)
  const message = `advisories of ${name} are ${days === 1 ? '1 day' : `${days} days`} old`
  if (age >= gapDays * dayMilliseconds) return { verdict: 'gap', message: `${message}, the policy allows less than ${gapDays}` }
  return age >= warnDays * dayMilliseconds ? { verdict: 'warn', message } : { verdict: 'fresh', message: '' }
}
