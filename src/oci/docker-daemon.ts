/** Images of a Docker daemon on this machine, over its socket. https://docs.docker.com/reference/api/engine/version/v1.44/#tag/Image/operation/ImageGet */
import type { IncomingMessage } from 'node:http'
import { quote } from '../findings.ts'
import { nodeHttp } from '../node-http.ts'
import { RegistryError } from './errors.ts'
import { collectBytes } from './verified.ts'

const defaultSocket = '/var/run/docker.sock'
const timeoutMilliseconds = 120_000

/** The archive of `docker save`. Throws RegistryError `unreachable`, `not-found` or `unsupported` (a daemon elsewhere). */
export async function* exportImage(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const socketPath = socketOf(environment.DOCKER_HOST)
  const response = await ask(socketPath, `/images/${encodeURIComponent(name)}/get`, signal)
  if (response.statusCode !== 200) {
    const text = await collectBytes(response, 64 * 1024, 'the answer').catch(() => Buffer.alloc(0))
    const code = response.statusCode === 404 ? 'not-found' : 'unreachable'
    throw new RegistryError(code, `the Docker daemon answered ${response.statusCode} for ${quote(name)}: ${quote(text.toString(), 200)}`)
  }
  for await (const chunk of response) yield chunk
  if (!response.complete) throw new RegistryError('unreachable', `the Docker daemon broke off while it sent ${quote(name)}`)
}

function socketOf(host: string | undefined): string {
  if (host === undefined || host === '') return defaultSocket
  const socket = /^(?:unix|npipe):\/\/(.+)$/.exec(host)?.[1]
  if (socket === undefined)
    throw new RegistryError('unsupported', `DOCKER_HOST is ${quote(host)}, and only a daemon on this machine's socket is asked`)
  return socket
}

function ask(socketPath: string, path: string, signal: AbortSignal): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const request = nodeHttp().request({ socketPath, path, headers: { host: 'docker' }, signal, timeout: timeoutMilliseconds, agent: false })
  request.on('timeout', () => request.destroy(new Error('timed out')))
  request.on('response', resolve)
  request.on('error', (error: NodeJS.ErrnoException) => {
    if (signal.aborted) return reject(signal.reason)
    return reject(
      new RegistryError('unreachable', `the Docker daemon cannot be reached at ${socketPath}: ${error.code ?? error.message}`, {
        cause: error,
      }),
    )
  })
  request.end()
  return promise
}
