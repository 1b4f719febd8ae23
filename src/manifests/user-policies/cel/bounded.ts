/** Runs what a policy's author wrote, for a bounded time: expressions can nest loops, and patterns can backtrack. */
import { createContext, Script } from 'node:vm'

export class TooCostly extends Error {
  override readonly name = 'TooCostly'
}

/** Each may take the limit by the clock. */
const maxTries = 100

/**
 * Ends `work` when the time is over, wherever it is. Only for functions that leave nothing half done: the time is the processor's, and work that
 * was stopped by the clock alone, on a machine that is busy with something else, is begun anew.
 */
export function withinTime<T>(work: () => T, timeoutMilliseconds: number): T {
  const limit = Math.max(1, Math.ceil(timeoutMilliseconds))
  const start = process.threadCpuUsage()
  for (let count = 0; count < maxTries; count++) {
    const result = tryOnce(work, limit)
    if (result) return result.value
    const { user, system } = process.threadCpuUsage(start)
    if ((user + system) / 1000 >= limit) break
  }
  throw new TooCostly(`not done within ${limit} ms`)
}

/** Undefined where the time was over by the clock. */
function tryOnce<T>(work: () => T, timeout: number): { readonly value: T } | undefined {
  let result: { readonly value: T } | undefined
  const context = createContext({
    work: () => {
      result = { value: work() }
    },
  })
  try {
    new Script('work()').runInContext(context, { timeout })
  } catch (error) {
    // Of the other context, and so no instance of this one's Error.
    if (Reflect.get(Object(error), 'code') === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined
    throw error
  }
  return result
}
