/** The runner by way of @actions/core. */
import type * as Core from '@actions/core'
import { escapeTerminal, guardCommands } from '../../report/escape.ts'
import type { Runner } from './runner.ts'

export function jobRunner(
  core: Pick<typeof Core, 'error' | 'info' | 'notice' | 'saveState' | 'setOutput' | 'summary' | 'warning'>,
  write: (text: string) => unknown,
): Runner {
  return {
    annotate({ level, message, ...properties }) {
      core[level](message, properties)
    },
    command: (line) => void write(line),
    say(message) {
      // A line that is not a command must not become one.
      core.info(guardCommands(`portcullis: ${escapeTerminal(message)}`))
    },
    saveState: (name, value) => core.saveState(name, value),
    setOutput: (name, value) => core.setOutput(name, value),
    async summarize(markdown) {
      try {
        await core.summary.addRaw(markdown, true).write()
      } catch (error) {
        // Older runners have none; the verdict does not hang on it.
        core.info(`portcullis: the job has no summary: ${escapeTerminal(error instanceof Error ? error.message : String(error))}`)
      }
    },
  }
}
