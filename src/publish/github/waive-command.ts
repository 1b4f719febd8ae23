/** `/portcullis waive REASON until DAY`, a reply to one of our comments: it asks for a waiver, and waives nothing. */

export interface WaiveCommand {
  readonly reason: string
  /** `YYYY-MM-DD` */
  readonly until: string
}

const reasonLimit = 500
/** Days that a waiver may last from today. */
export const longestWaiverDays = 180

/** Undefined where the text is no command; its second form says what is wrong with it, for an answer. */
export function readWaiveCommand(body: string, today: string): WaiveCommand | { readonly fault: string } | undefined {
  const text = body.split(/\r?\n/).find((line) => /^\/portcullis\b/.test(line))
  if (text === undefined) return undefined
  const [, reason, until] = /^\/portcullis\s+waive\s+(.+?)\s+until\s+(\S+)\s*$/.exec(text.slice(0, 2000)) ?? []
  if (reason === undefined || until === undefined) return { fault: 'expected `/portcullis waive <reason> until <YYYY-MM-DD>`' }
  if (reason.length > reasonLimit) return { fault: `the reason has ${reason.length} characters, at most ${reasonLimit} are taken` }
  const day = dayOf(until)
  const now = dayOf(today) ?? 0
  if (day === undefined) return { fault: 'the day after `until` is not one of the calendar in the form `YYYY-MM-DD`' }
  if (day < now) return { fault: 'the day after `until` has passed' }
  if (day - now > longestWaiverDays) return { fault: `a waiver lasts ${longestWaiverDays} days at most` }
  return { reason, until }
}

/** Days since 1970. */
function dayOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const time = Date.parse(`${text}T00:00:00Z`)
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) return undefined
  return time / 86_400_000
}

/** Entries of `.portcullis/waivers.yaml`, one for each finding; a list's items, without a line end at the end. */
export function waiverEntries(fingerprints: readonly string[], { reason, until }: WaiveCommand, owner: string): string {
  // A JSON string is a YAML string in double quotes. YAML 1.2, 1.3 "Relation to JSON"
  const quoted = (text: string): string => JSON.stringify(text.toWellFormed())
  return fingerprints
    .map((fingerprint) =>
      [`- fingerprint: ${quoted(fingerprint)}`, `  reason: ${quoted(reason)}`, `  owner: ${quoted(owner)}`, `  until: ${until}`].join('\n'),
    )
    .join('\n')
}
