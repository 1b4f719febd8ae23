/** How old the local databases among the advisory sources are, held against the policy. */
import { stat } from 'node:fs/promises'
import { judgeAge } from '../advisories/age.ts'
import { describeDatabase } from '../advisories/describe-database.ts'
import { AdvisoryError } from '../advisories/errors.ts'
import type { Policy } from '../policy/policy.ts'

export interface AdvisoryAges {
  readonly gaps: readonly string[]
  readonly notes: readonly string[]
}

/** Folders of records have no date of their own and are as fresh as who keeps them. */
export async function judgeAges(
  files: readonly string[],
  { warnAfterDays, gapAfterDays }: Policy['advisories'],
  now: Date,
): Promise<AdvisoryAges> {
  const judged = await Promise.all(files.map(async (file) => ({ file, built: await builtOf(file) })))
  const ages = judged.flatMap(({ file, built }) =>
    built === undefined ? [] : [judgeAge(file, built, now, { warnDays: warnAfterDays, gapDays: gapAfterDays })],
  )
  const messages = (verdict: 'gap' | 'warn') => ages.filter((age) => age.verdict === verdict).map(({ message }) => message)
  return { gaps: messages('gap'), notes: messages('warn') }
}

async function builtOf(file: string): Promise<Date | undefined> {
  if ((await stat(file)).isDirectory()) return undefined
  try {
    return new Date((await describeDatabase(file)).built)
  } catch (error) {
    // What is no database of ours is said when it is asked.
    if (error instanceof AdvisoryError) return undefined
    throw error
  }
}
