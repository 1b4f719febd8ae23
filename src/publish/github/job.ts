/** The runner by way of @actions/core. */
import type * as Core from '@actions/core'
import type { Runner } from './runner.ts'

export function jobRunner(
  core: Pick<typeof Core, 'error' | 'info' | 'notice' | 'saveState' | 'setOutput' | 'summary' | 'warning'>,
): Runner {
  return {
    annotate({ level, message, ...properties }) {
      core[level](message, properties)
    },
    say(message) {
      // A line that is not a command must not become one.
      core.info(`portcullis: ${message.replace(/[\r\n]+/g, ' ')}`)
    },
    saveState: (name, value) => core.saveState(name, value),
    setOutput: (name, value) => core.setOutput(name, value),
    async summarize(markdown) {
      await core.summary.addRaw(markdown, true).write()
    },
  }
}
