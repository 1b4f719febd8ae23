/** Hands a message to an SMTP server, over TLS unless it is on loopback and the policy says so. RFC 5321, RFC 3207, RFC 8314 */
import { connect, type Socket } from 'node:net'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { addressRules } from '../../http-address.ts'
import { createAgents, extraAuthorities } from '../../http-agents.ts'
import { HttpError } from '../../http-error.ts'
import type { EmailChannel } from '../../policy/responses.ts'
import { AlertError } from './errors.ts'
import { type Environment, secretOf } from './variables.ts'

/** Of the whole conversation. */
const deadlineMilliseconds = 30_000
const connectMilliseconds = 10_000
/** Of one answer; what nobody asked for ends the conversation. */
const answerBytes = 64 * 1024

export interface SmtpWorld {
  readonly environment: Environment
  readonly signal: AbortSignal
  /** Default 30,000. */
  readonly deadlineMilliseconds?: number
}

/** Throws AlertError. */
export async function sendMail(channel: EmailChannel, message: string, world: SmtpWorld): Promise<void> {
  const { host, tls, from, to, usernameFrom, passwordFrom } = channel
  const { environment, signal } = world
  const credentials =
    usernameFrom !== undefined && passwordFrom !== undefined
      ? { user: secretOf(environment, usernameFrom), pass: secretOf(environment, passwordFrom) }
      : undefined
  const socket = await opened(channel, world)
  const authorities = extraAuthorities(environment)
  const connection = new SMTPConnection({
    connection: socket,
    host,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    tls: authorities ? { ca: authorities } : {},
    connectionTimeout: connectMilliseconds,
    greetingTimeout: connectMilliseconds,
    socketTimeout: connectMilliseconds,
    socketCloseTimeout: 0,
    maxResponseSize: answerBytes,
    logger: false,
  })
  const limit = world.deadlineMilliseconds ?? deadlineMilliseconds
  const { promise: stopped, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new AlertError(`${host} took longer than ${limit / 1000} s`)), limit)
  const abort = (): void => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  connection.on('error', (error: Error) => reject(error))
  try {
    await Promise.race([talk(connection, credentials, { from, to: [...to] }, message), stopped])
  } catch (error) {
    if (signal.aborted || error instanceof AlertError) throw error
    throw new AlertError(`${host}: ${reasonOf(error)}`, { cause: error })
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
    connection.close()
    socket.destroy()
  }
}

/** The rules of `http-address.ts`: neither metadata services nor, without TLS, anything but loopback. */
async function opened({ host, port, tls }: EmailChannel, { environment, signal }: SmtpWorld): Promise<Socket> {
  const url = new URL(`${tls === 'none' ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}`)
  const rules = addressRules()
  const agents = createAgents(environment, rules)
  try {
    rules.checkUrl(url)
    const { promise, resolve, reject } = Promise.withResolvers<Socket>()
    const socket = connect({
      host,
      port,
      lookup: agents.lookupFor(url),
      signal: AbortSignal.any([signal, AbortSignal.timeout(connectMilliseconds)]),
    })
    socket.once('error', reject)
    socket.once('connect', () => resolve(socket))
    return await promise
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw new AlertError(`${host}:${port} cannot be reached: ${reasonOf(error)}`, { cause: error })
  } finally {
    agents.close()
  }
}

async function talk(
  connection: SMTPConnection,
  credentials: { readonly user: string; readonly pass: string } | undefined,
  envelope: { from: string; to: string[] },
  message: string,
): Promise<void> {
  await done((callback) => connection.connect(callback))
  if (credentials) await done((callback) => connection.login({ user: credentials.user, pass: credentials.pass }, callback))
  await done((callback) => connection.send(envelope, message, callback))
  connection.quit()
}

function done(start: (callback: (error?: Error | null) => void) => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  start((error) => (error ? reject(error) : resolve()))
  return promise
}

/** A server's own words come last, and are cut: they are its, not ours. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof HttpError && error.code === 'insecure') return 'SMTP without TLS is for loopback addresses only'
  const code = (error as NodeJS.ErrnoException).code
  const text = error.message.replace(/\s+/gu, ' ').slice(0, 200)
  return text === '' ? (code ?? 'failed') : text
}
