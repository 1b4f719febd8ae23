/** Runs what a policy's author wrote, for a bounded time: expressions can nest loops, and patterns can backtrack. */
import { createContext, Script } from 'node:vm'

export class TooCostly extends Error {
  override readonly name = 'TooCostly'
}

/** Ends `work` when the time is over, wherever it is. Only for functions that leave nothing half done. */
export function withinTime<T>(work: () => T, timeoutMilliseconds: number): T {
  let result: { readonly value: T } | undefined
  const context = createContext({
    work: () => {
      result = { value: work() }
    },
  })
  try {
    new Script('work()').runInContext(context, { timeout: Math.max(1, Math.ceil(timeoutMilliseconds)) })
  } catch (error) {
    // The error is of the other context, and so no instance of this one's Error.
    if (Reflect.get(Object(error), 'code') === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      throw new TooCostly(`not done within ${Math.ceil(timeoutMilliseconds)} ms`, { cause: error })
    }
    throw error
  }
  if (result === undefined) throw new TooCostly('not done')
  return result.value
}
