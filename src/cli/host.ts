/** What the command hands to the gate from the world around it: network, clock, interruption. */
import type { Host } from '../gate/prepare.ts'
import { createHttp } from '../http-client.ts'

export function openHost({ offline = false }: { readonly offline?: boolean }): Host {
  const interrupted = new AbortController()
  const stop = () => {
    interrupted.abort(new Error('interrupted'))
    process.exit(3)
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  return { http: createHttp({ offline, environment: process.env }), environment: process.env, now: new Date(), signal: interrupted.signal }
}
