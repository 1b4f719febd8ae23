/** What we say in a thread of ours when its state changes, and how the next run reads it again. */

export type Note = 'fixed' | 'reopened' | 'waived'

export interface Noted {
  readonly note: Note
  /** Counts from 1 in each thread: an edit of the first comment may be later than all replies. */
  readonly serial: number
}

const line = /^<!-- portcullis-note (fixed|reopened|waived) (\d{1,6}) -->$/

export function writeNote({ note, serial }: Noted, commit: string): string {
  const short = commit.slice(0, 12)
  const sentence = {
    fixed: `No longer found at ${short}.`,
    reopened: `Found again at ${short}.`,
    waived: `Accepted by a waiver as of ${short}.`,
  }[note]
  return `${sentence}\n\n${noteLine({ note, serial })}`
}

function noteLine({ note, serial }: Noted): string {
  return `<!-- portcullis-note ${note} ${serial} -->`
}

/** The latest note in these bodies of ours. */
export function lastNote(bodies: readonly string[]): Noted | undefined {
  let last: Noted | undefined
  for (const body of bodies) {
    // The last line of a reply, or the one above the marker: further up there may be text of the judged files.
    for (const text of body.trimEnd().split(/\r?\n/).slice(-2)) {
      const [, note, serial] = line.exec(text) ?? []
      if (note !== 'fixed' && note !== 'reopened' && note !== 'waived') continue
      if (!last || Number(serial) >= last.serial) last = { note, serial: Number(serial) }
    }
  }
  return last
}

/** The body of a thread's first comment with a note above its marker, the last line: nobody is notified of an edit. */
export function rememberNote(body: string, noted: Noted): string {
  const lines = body.trimEnd().split(/\r?\n/)
  const marker = lines.pop() ?? ''
  if (line.test(lines.at(-1) ?? '')) lines.pop()
  return [...lines, noteLine(noted), marker].join('\n')
}
