/** What we say in a thread of ours when its state changes, and how the next run reads it again. */

export type Note = 'fixed' | 'reopened'

const line = /^<!-- portcullis-note (fixed|reopened) -->$/

export function writeNote(note: Note, commit: string): string {
  const short = commit.slice(0, 12)
  const sentence = note === 'fixed' ? `No longer found at ${short}.` : `Found again at ${short}.`
  return `${sentence}\n\n<!-- portcullis-note ${note} -->`
}

/** The last note in these bodies of ours, oldest first. */
export function lastNote(bodies: readonly string[]): Note | undefined {
  for (const body of bodies.toReversed()) {
    // The last line of a reply, or the one above the marker: further up there may be text of the judged files.
    for (const text of body.trimEnd().split(/\r?\n/).slice(-2).reverse()) {
      const found = line.exec(text)?.[1]
      if (found === 'fixed' || found === 'reopened') return found
    }
  }
  return undefined
}

/** The body of a thread's first comment with a note above its marker, the last line: nobody is notified of an edit. */
export function rememberNote(body: string, note: Note): string {
  const lines = body.trimEnd().split(/\r?\n/)
  const marker = lines.pop() ?? ''
  if (line.test(lines.at(-1) ?? '')) lines.pop()
  return [...lines, `<!-- portcullis-note ${note} -->`, marker].join('\n')
}
