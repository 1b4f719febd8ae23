/** One message by HTTP: no redirect is followed, and of the answer little is read. */

import { quote } from '../../findings.ts'
import type { HttpClient } from '../../http.ts'
import { AlertError } from './errors.ts'

export interface Posting {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** The receiver knows a message again by its id. */
  readonly mayRepeat: boolean
}

/** All tries together. */
const deadlineMilliseconds = 30_000
const answerMilliseconds = 10_000
const answerBytes = 4096

/** Throws AlertError. Addresses that no request may go to are refused by the client; a redirect could lead to what the policy does not name. */
export async function post(http: HttpClient, { url, headers, body, mayRepeat }: Posting, signal: AbortSignal): Promise<void> {
  const deadline = AbortSignal.timeout(deadlineMilliseconds)
  try {
    const answer = await http.send({
      ...{ method: 'POST', url, headers: { 'content-type': 'application/json', ...headers }, body, redirects: 0 },
      ...(mayRepeat && { tries: 3 }),
      timeoutMilliseconds: answerMilliseconds,
      signal: AbortSignal.any([signal, deadline]),
    })
    const { status } = answer
    if (status >= 200 && status < 300) return await answer.discard()
    if (status >= 300 && status < 400) {
      await answer.discard()
      throw new AlertError(`${url.host} answered ${status}: redirects are not followed`)
    }
    const said = await answer.bytes(answerBytes).catch(() => new Uint8Array())
    throw new AlertError(`${url.host} answered ${status}${said.length > 0 ? `: ${quote(Buffer.from(said).toString().trim(), 80)}` : ''}`)
  } catch (error) {
    if (error instanceof AlertError || signal.aborted) throw error
    if (deadline.aborted) throw new AlertError(`${url.host} took longer than ${deadlineMilliseconds / 1000} s`, { cause: error })
    throw new AlertError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}
