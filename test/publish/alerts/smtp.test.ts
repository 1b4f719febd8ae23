import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { EmailChannel } from '../../../src/policy/responses.ts'
import { AlertError } from '../../../src/publish/alerts/errors.ts'
import { sendMail } from '../../../src/publish/alerts/smtp.ts'
import { type SmtpOptions, type SmtpStandIn, smtpStandIn } from '../../builders/smtp.ts'
import { certificate } from '../../builders/tls.ts'

let folder: string
let environment: Record<string, string>
let server: SmtpStandIn | undefined

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'smtp-'))
  writeFileSync(join(folder, 'ca.pem'), certificate)
  environment = { SSL_CERT_FILE: join(folder, 'ca.pem'), SMTP_USER: 'gate', SMTP_PASSWORD: 'correct horse' }
})
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(async () => {
  await server?.close()
  server = undefined
})

const message = 'Subject: hello\r\n\r\nfirst\r\n.\r\n.. dots\r\n'

async function send(
  options: SmtpOptions,
  channel: Partial<EmailChannel> = {},
  world: { milliseconds?: number; environment?: Record<string, string> } = {},
): Promise<SmtpStandIn> {
  server = await smtpStandIn(options)
  const whole: EmailChannel = {
    host: '127.0.0.1',
    port: server.port,
    tls: 'starttls',
    from: 'gate@example.com',
    to: ['a@example.com', 'b@example.com'],
    ...channel,
  }
  await sendMail(whole, message, {
    environment: world.environment ?? environment,
    signal: new AbortController().signal,
    deadlineMilliseconds: world.milliseconds ?? 5000,
  })
  return server
}

const failure = (...call: Parameters<typeof send>): Promise<unknown> =>
  send(...call).then(
    () => 'was sent',
    (error: unknown) => (error instanceof AlertError ? error.message : error),
  )

describe('a message', () => {
  test('is sent over TLS once the server has begun it, and nothing before but the greeting', async () => {
    const { messages, clear, logins } = await send({}, { usernameFrom: 'SMTP_USER', passwordFrom: 'SMTP_PASSWORD' })
    expect(messages).toEqual([{ from: 'gate@example.com', to: ['a@example.com', 'b@example.com'], data: message }])
    expect(clear.map((line) => line.split(' ')[0])).toEqual(['EHLO', 'STARTTLS'])
    expect(logins).toEqual(['gate:correct horse'])
  })

  test('is sent over TLS from the start', async () => {
    expect((await send({ tls: 'implicit' }, { tls: 'implicit' })).messages).toHaveLength(1)
  })

  test('is sent in the clear where the policy says so of a loopback address', async () => {
    expect((await send({ tls: 'none' }, { tls: 'none' })).messages).toHaveLength(1)
  })

  test('is not sent to a server that offers no TLS', async () => {
    expect(await failure({ tls: 'none' })).toMatch(/^127\.0\.0\.1: /u)
    expect(server?.messages).toEqual([])
    expect(server?.clear.map((line) => line.split(' ')[0])).not.toContain('MAIL')
  })

  test('is not sent to a server that refuses to begin TLS', async () => {
    expect(await failure({ answers: { STARTTLS: '454 not now' } }, { usernameFrom: 'SMTP_USER', passwordFrom: 'SMTP_PASSWORD' })).toMatch(
      /454|STARTTLS/u,
    )
    expect([server?.messages, server?.logins]).toEqual([[], []])
  })

  test('is not sent to a server whose certificate nobody vouches for', async () => {
    expect(await failure({}, {}, { environment: {} })).toMatch(/self-signed certificate/u)
  })

  test('is not sent to a server of another name', async () => {
    expect(await failure({ tls: 'implicit' }, { tls: 'implicit', host: '127.0.0.2' })).toMatch(/127\.0\.0\.2/u)
  })

  test('is not sent without the password that the policy names', async () => {
    expect(await failure({}, { usernameFrom: 'SMTP_USER', passwordFrom: 'GONE' })).toBe('the environment variable GONE is not set')
  })

  test('is not sent to a metadata service', async () => {
    expect(await failure({}, { host: '169.254.169.254', port: 25 })).toMatch(/link-local or metadata address 169\.254\.169\.254/u)
  })

  test('is not sent in the clear to an address that is not loopback', async () => {
    expect(await failure({}, { host: '10.0.0.1', port: 25, tls: 'none' })).toMatch(
      /^10\.0\.0\.1:25 cannot be reached: SMTP without TLS is for loopback addresses only$/u,
    )
  })
})

describe('a server that', () => {
  test('says nothing is not waited for', async () => {
    expect(await failure({ greeting: '' }, {}, { milliseconds: 300 })).toBe('127.0.0.1 took longer than 0.3 s')
  })

  test('stops in the middle is not waited for', async () => {
    expect(await failure({ answers: { RCPT: '250-and so on' } }, {}, { milliseconds: 300 })).toBe('127.0.0.1 took longer than 0.3 s')
  })

  test('says garbage is not believed', async () => {
    expect(await failure({ greeting: '\u0000\u0001 HTTP/1.1 200 OK' }, {}, { milliseconds: 2000 })).toMatch(/^127\.0\.0\.1: /u)
  })

  test('refuses a recipient is said with its words', async () => {
    expect(await failure({ answers: { RCPT: '550 no such user' } })).toMatch(/550 no such user/u)
  })

  test('refuses the message is said', async () => {
    expect(await failure({ answers: { DATA: '552 too large' } })).toMatch(/552 too large/u)
  })

  test.each([
    ['a line without an end', (length: number) => 'x'.repeat(length)],
    ['answers without an end', () => '220-more\r\n'.repeat(100)],
    ['answers that nobody asked for', () => '250 ok\r\n'.repeat(100)],
  ])('says %s is cut off', async (_, chunk) => {
    const instead: SmtpOptions['instead'] = (socket) => {
      const timer = setInterval(() => socket.write(chunk(16_384)), 1)
      socket.on('close', () => clearInterval(timer))
      socket.on('error', () => undefined)
    }
    const started = performance.now()
    expect(await failure({ instead }, {}, { milliseconds: 4000 })).toMatch(/^127\.0\.0\.1/u)
    expect(performance.now() - started).toBeLessThan(4000)
  })

  test('is not there is said', async () => {
    const { port, close } = await smtpStandIn()
    await close()
    expect(await failure({}, { port })).toMatch(/cannot be reached: .*ECONNREFUSED/u)
  })
})
