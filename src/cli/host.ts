/** What the command hands to the gate from the world around it: network, clock, interruption. */

import type { Host } from '../gate/call-options.ts'
import type { HttpClient } from '../http.ts'
import { addressRules } from '../http-address.ts'
import { offlineHttp } from '../http-offline.ts'
import { codeDigest } from '../version.ts'
import { progressLine } from './progress.ts'

/** Runs `work`, and ends what was shown and what was connected before anything is printed. */
export async function withHost<Result>(
  { offline = false }: { readonly offline?: boolean },
  work: (host: Host) => Promise<Result>,
): Promise<Result> {
  const interrupted = new AbortController()
  const stop = () => {
    interrupted.abort(new Error('interrupted'))
    process.exit(3)
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const { env: environment, stderr } = process
  const clients: HttpClient[] = []
  const allow = (allowAddresses: readonly string[]) => {
    addressRules(allowAddresses)
    if (offline) return offlineHttp
    const client = whenAsked(async () => (await import('../http-client.ts')).createHttp({ environment, allowAddresses }))
    clients.push(client)
    return client
  }
  // In a pipe, and in a log, a line that is drawn over is noise.
  const line = stderr.isTTY === true ? progressLine((text) => stderr.write(text), stderr.columns ?? 80, Date.now) : undefined
  try {
    return await work({
      http: allow([]),
      allow,
      environment,
      now: new Date(),
      ...(codeDigest && { code: `${codeDigest} ${process.version}` }),
      signal: interrupted.signal,
      note: (message) => stderr.write(`portcullis: ${message}\n`),
      ...(line ? { progress: line.progress } : {}),
    })
  } finally {
    line?.end()
    for (const client of clients) client.close()
  }
}

/** Node's own HTTP takes its time to load, and many a run asks nobody. */
function whenAsked(open: () => Promise<HttpClient>): HttpClient {
  let client: Promise<HttpClient> | undefined
  return {
    async send(request) {
      client ??= open()
      return (await client).send(request)
    },
    // A client that did not open has nothing to close, and whoever asked it knows.
    close: () =>
      void client?.then(
        (opened) => opened.close(),
        () => {},
      ),
  }
}
