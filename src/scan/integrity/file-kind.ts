/** What a file is there for: how much a change of it matters. */

/** First of a file's facts: an ELF program or library, a script. */
export const elfMark = 'E'
export const scriptMark = 'S'

/** Code that runs as it is, code that something else runs, text for people, and the rest. */
export type FileKind = 'program' | 'module' | 'document' | 'data'

const programFolder = /^(?:usr\/)?(?:s?bin|libexec|games)\//
const modulePlace = /\.(?:py|p[lm]|rb|js|mjs|cjs|jar|class|php|lua|tcl|sh|el|elc|ko(?:\.[a-z0-9]+)?)$/
const documentPlace = /^usr\/share\/(?:doc|doc-base|info|licenses|locale|man|lintian)\/|\.(?:md|txt|html?|[1-9](?:\.gz)?|gz|po|mo)$/

/** `mark` is the first of the file's facts. */
export function fileKind(path: string, mark: string | undefined, mode: number): FileKind {
  if (mark === elfMark) return 'program'
  const isRunnable = (mode & 0o111) !== 0
  if (isRunnable && programFolder.test(path)) return 'program'
  if (mark === scriptMark || isRunnable || modulePlace.test(path)) return 'module'
  return documentPlace.test(path) ? 'document' : 'data'
}
