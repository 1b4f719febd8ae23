/** Names of revisions, as a person or an event gives them. https://git-scm.com/docs/gitrevisions */
import { quote } from '../findings.ts'
import { TreeError } from './errors.ts'
import { git } from './git-program.ts'

/** The full name of a commit. A revision may come from an event or a command line: nothing in it may be taken for an option. */
export async function commitOf(directory: string, revision: string): Promise<string> {
  if (!/^[\w@^~{}/.+][\w@^~{}/.+-]*$/.test(revision) || revision.length > 250) {
    throw new TreeError('unknown-revision', `${quote(revision)} is not a revision's name`)
  }
  try {
    const output = await git(directory, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
    return output.toString('latin1').trim()
  } catch (cause) {
    // `--quiet` says nothing where all that is wrong is the name.
    const message = cause instanceof Error ? cause.message : String(cause)
    const reason = message.endsWith(': ') ? 'the repository has no such commit; a shallow clone has the newest alone' : message
    throw new TreeError('unknown-revision', `revision ${quote(revision)}: ${reason}`, { cause })
  }
}
