/** A stand-in for an SMTP server on 127.0.0.1: STARTTLS or TLS from the start, PLAIN, and whatever is wrong with it. RFC 5321 */
import { createServer, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import { certificate, key } from './tls.ts'

export interface SmtpOptions {
  /** Default `starttls`. */
  readonly tls?: 'implicit' | 'none' | 'starttls'
  /** Instead of the greeting; `undefined` within it: nothing is said. */
  readonly greeting?: string | undefined
  /** By the command's first word, instead of the right answer. */
  readonly answers?: Readonly<Record<string, string>>
  /** Called with each connection, instead of a conversation. */
  readonly instead?: (socket: Socket) => void
}

export interface SmtpStandIn {
  readonly port: number
  /** What was said in the clear. */
  readonly clear: string[]
  readonly logins: string[]
  readonly messages: { readonly from: string; readonly to: readonly string[]; readonly data: string }[]
  close(): Promise<void>
}

export async function smtpStandIn({
  tls = 'starttls',
  greeting = '220 mail.example ESMTP',
  answers = {},
  instead,
}: SmtpOptions = {}): Promise<SmtpStandIn> {
  const secureContext = createSecureContext({ key, cert: certificate })
  const secured = (socket: Socket) => new TLSSocket(socket, { isServer: true, secureContext })
  const sockets = new Set<Socket>()
  const clear: string[] = []
  const logins: string[] = []
  const messages: { from: string; to: string[]; data: string }[] = []

  const serve = (socket: Socket, isSecure: boolean, greets: boolean): void => {
    let [text, data, from, to]: [string, string | undefined, string, string[]] = ['', undefined, '', []]
    const say = (line: string): void => void socket.write(`${line}\r\n`)
    const reply = (word: string, line: string): string => {
      switch (word) {
        case 'EHLO':
          return `250-mail.example\r\n${tls === 'starttls' && !isSecure ? '250-STARTTLS\r\n' : ''}250 AUTH PLAIN`
        case 'STARTTLS':
          return tls === 'starttls' ? '220 go on' : '502 no such command'
        case 'AUTH':
          logins.push(
            Buffer.from(line.split(' ')[2] ?? '', 'base64')
              .toString()
              .split('\0')
              .slice(1)
              .join(':'),
          )
          return '235 welcome'
        case 'MAIL':
          from = /<(.*)>/.exec(line)?.[1] ?? ''
          return '250 ok'
        case 'RCPT':
          to.push(/<(.*)>/.exec(line)?.[1] ?? '')
          return '250 ok'
        case 'DATA':
          data = ''
          return '354 go on'
        default:
          return word === 'QUIT' ? '221 bye' : '250 ok'
      }
    }
    const command = (line: string): void => {
      if (!isSecure) clear.push(line)
      const word = line.split(/[ :]/, 1)[0]?.toUpperCase() ?? ''
      const answer = answers[word] ?? reply(word, line)
      say(answer)
      if (word === 'QUIT') socket.end()
      if (word !== 'STARTTLS' || !answer.startsWith('220')) return
      socket.removeAllListeners('data')
      serve(secured(socket), true, false)
    }
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      text += chunk.toString()
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end)
        text = text.slice(end + 2)
        if (data === undefined) command(line)
        else if (line === '.') {
          messages.push({ from, to, data })
          ;[data, to] = [undefined, []]
          say('250 taken')
        } else data += `${line.startsWith('.') ? line.slice(1) : line}\r\n`
      }
    })
    if (greets && greeting !== '') say(greeting)
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    if (instead) return instead(socket)
    serve(tls === 'implicit' ? secured(socket) : socket, tls === 'implicit', true)
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    ...{ clear, logins, messages },
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => done())
      }),
  }
}
