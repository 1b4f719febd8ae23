/** Tests a regular expression for a bounded time: who signs chooses the text, and may choose one that the expression never comes to an end on. */
import { type Context, createContext, Script } from 'node:vm'

/** Of processor time: on a machine that is busy with something else, a harmless test can wait for much longer. */
const limitMilliseconds = 100
/** Each may take the limit by the clock. */
const maxTries = 100

/** One try: undefined where the time was over by the clock. */
export type TryTest = (context: Context, timeoutMilliseconds: number) => boolean | undefined

/** The function throws a RangeError where the expression takes more than 100 ms of processor time. */
export function boundedTest(expression: RegExp, tryTest: TryTest = runOnce): (text: string) => boolean {
  // A context takes some milliseconds to make: one does for all texts.
  let context: Context | undefined
  return (text) => {
    context ??= createContext({ expression })
    context.text = text
    const start = process.threadCpuUsage()
    for (let count = 0; count < maxTries; count++) {
      const answer = tryTest(context, limitMilliseconds)
      if (answer !== undefined) return answer
      const { user, system } = process.threadCpuUsage(start)
      if ((user + system) / 1000 >= limitMilliseconds) break
    }
    throw new RangeError(`the expression took more than ${limitMilliseconds} ms`)
  }
}

function runOnce(context: Context, timeout: number): boolean | undefined {
  try {
    return new Script('expression.test(text)').runInContext(context, { timeout }) === true
  } catch (error) {
    // Of the other context, and so no instance of this one's Error.
    if (Reflect.get(Object(error), 'code') === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined
    throw error
  }
}
