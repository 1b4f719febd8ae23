/** A download that goes on where its connection broke. RFC 9110 14.2; Distribution specification 1.1, "Pulling blobs" */
import { setTimeout as wait } from 'node:timers/promises'
import type { HttpRequest } from '../http.ts'
import { HttpError } from '../http-error.ts'
import { RegistryError } from './errors.ts'
import type { RegistrySender } from './registry.ts'
import { asRegistryError, statusError } from './registry-errors.ts'

/** Broken connections one after another that brought nothing new. */
const maxFruitlessTries = 5
const maxTries = 100
const pauseMilliseconds = 200

/** The bytes of a 200 answer, `sizeBytes` of them if all is right; `what` names them in errors. Throws RegistryError. */
export async function* resumed(request: HttpRequest, send: RegistrySender, what: string, sizeBytes: number): AsyncGenerator<Uint8Array> {
  let received = 0
  let fruitless = 0
  for (let tries = 1; ; tries++) {
    const before = received
    const range = received === 0 ? {} : { range: `bytes=${received}-` }
    const response = await send({ ...request, headers: { ...request.headers, ...range } }).catch((error: unknown) => {
      throw asRegistryError(error, what)
    })
    // A server that knows no ranges starts again from the first byte.
    const start = response.status === 206 ? startOf(response.headers.get('content-range')) : 0
    if ((response.status !== 200 && response.status !== 206) || (response.status === 206 && received === 0))
      throw await statusError(response, what)
    if (start === undefined || start > received) {
      await response.discard()
      throw new RegistryError('malformed', `${what}: registry was asked to go on at byte ${received} and did not`)
    }
    let position = start
    try {
      for await (const chunk of response.body) {
        const known = Math.min(Math.max(received - position, 0), chunk.length)
        position += chunk.length
        if (known === chunk.length) continue
        received = position
        yield known === 0 ? chunk : chunk.subarray(known)
      }
      return
    } catch (error) {
      const isBroken = error instanceof HttpError && (error.code === 'unreachable' || error.code === 'timed-out')
      // It broke behind the last byte, and there is nothing to go on with.
      if (isBroken && received === sizeBytes) return
      fruitless = received > before ? 0 : fruitless + 1
      if (!isBroken || fruitless >= maxFruitlessTries || tries >= maxTries) throw asRegistryError(error, what)
      await wait(pauseMilliseconds, undefined, request.signal ? { signal: request.signal } : {})
    }
  }
}

/** `bytes 5-9/10` */
function startOf(contentRange: string | undefined): number | undefined {
  const start = /^bytes (\d{1,16})-/.exec(contentRange ?? '')?.[1]
  return start === undefined ? undefined : Number(start)
}
