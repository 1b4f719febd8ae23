/** What a registry's refusals and broken connections mean to who asked for an image. */
import { quote } from '../findings.ts'
import type { HttpResponse } from '../http.ts'
import { HttpError } from '../http-error.ts'
import { isObject, parseJsonObject } from './descriptor.ts'
import { RegistryError, type RegistryErrorCode } from './errors.ts'

/** Reads the answer, for the code that it may explain itself with; `what` was asked for. */
export async function statusError(response: HttpResponse, what: string): Promise<RegistryError> {
  const codes: Record<number, RegistryErrorCode> = { 401: 'unauthorized', 403: 'unauthorized', 404: 'not-found', 429: 'rate-limited' }
  const code = codes[response.status] ?? 'unreachable'
  const explanation = await errorText(response)
  const tries = response.tries !== undefined && response.tries > 1 ? ` after ${response.tries} tries` : ''
  return new RegistryError(code, `${what}: registry answered ${response.status}${explanation}${tries}`)
}

/** "Error Codes": `{ "errors": [ { "code", "message" } ] }`. */
async function errorText(response: HttpResponse): Promise<string> {
  try {
    const { errors } = parseJsonObject(await response.bytes(64 * 1024), 'the error')
    const [first] = Array.isArray(errors) ? errors : []
    if (isObject(first) && typeof first.code === 'string') return ` (${quote(first.code, 60)})`
  } catch {
    // The status says enough; what came with it is no explanation.
  }
  return ''
}

export function asRegistryError(error: unknown, what: string): unknown {
  if (!(error instanceof HttpError)) return error
  return new RegistryError(error.code === 'too-large' ? 'too-large' : 'unreachable', `${what}: ${error.message}`, { cause: error })
}
