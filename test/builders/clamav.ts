/** A real clamd and a real clamscan with a signature of the test's own, and clamds that misbehave. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** In parts, so that no scanner takes this file for one. https://www.eicar.org/download-anti-malware-testfile/ */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join('')

/** As ClamAV names what a signature of somebody's own finds. */
export const eicarSignature = 'Portcullis.Test.Eicar.UNOFFICIAL'

export const clamdProgram = ['/usr/sbin/clamd', '/usr/local/sbin/clamd', '/usr/bin/clamd'].find((path) => existsSync(path))
export const clamscanProgram = ['/usr/bin/clamscan', '/usr/local/bin/clamscan'].find((path) => existsSync(path))

export interface Clamd {
  /** `unix:…` */
  readonly address: string
  /** `tcp:127.0.0.1:…` */
  readonly tcpAddress: string
  stop(): Promise<void>
}

/** `settings`: lines of clamd.conf(5). */
export async function startClamd(settings: Readonly<Record<string, string>> = {}): Promise<Clamd> {
  const directory = await mkdtemp(join(tmpdir(), 'portcullis-clamd-'))
  await writeSignatures(join(directory, 'signatures'))
  const port = await freePort()
  const socket = join(directory, 'clamd.sock')
  const lines = {
    LocalSocket: socket,
    TCPSocket: String(port),
    TCPAddr: '127.0.0.1',
    DatabaseDirectory: join(directory, 'signatures'),
    TemporaryDirectory: directory,
    Foreground: 'yes',
    AlertExceedsMax: 'yes',
    ...settings,
  }
  const configuration = join(directory, 'clamd.conf')
  await writeFile(
    configuration,
    Object.entries(lines)
      .map(([key, value]) => `${key} ${value}\n`)
      .join(''),
  )
  // A copy: where AppArmor is at work, the program in its own place may read nothing of ours.
  const program = join(directory, 'clamd')
  await copyFile(clamdProgram ?? 'clamd', program)
  const child = spawn(program, ['--config-file', configuration], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
    await rm(directory, { recursive: true, force: true })
  }
  for (let tries = 0; !(await isSocket(socket)); tries++) {
    if (tries > 400 || child.exitCode !== null) {
      await stop()
      throw new Error(`clamd does not start: ${said}`)
    }
    await sleep(25)
  }
  return { address: `unix:${socket}`, tcpAddress: `tcp:127.0.0.1:${port}`, stop }
}

/** A folder with a program `clamscan` that is the real one with these signatures. */
export async function clamscanWith(directory: string): Promise<string> {
  await writeSignatures(join(directory, 'signatures'))
  await mkdir(join(directory, 'bin'), { recursive: true })
  const program = join(directory, 'bin', 'clamscan')
  await writeFile(program, `#!/bin/sh\nexec ${clamscanProgram} --database='${join(directory, 'signatures')}' "$@"\n`)
  await chmod(program, 0o755)
  return program
}

/** The string anywhere in a file of any type: https://docs.clamav.net/manual/Signatures/ExtendedSignatures.html */
async function writeSignatures(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true })
  await writeFile(join(directory, 'test.ndb'), `Portcullis.Test.Eicar:0:*:${Buffer.from(eicar).toString('hex')}\n`)
}

async function isSocket(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isSocket(),
    () => false,
  )
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

export interface StandIn {
  readonly address: string
  /** Bytes of files that it was sent, without their framing. */
  readonly files: readonly number[]
  /** Connections that were made. */
  connections(): number
  stop(): Promise<void>
}

export interface StandInAnswers {
  readonly version?: string
  /** What is said of the file of this number, from 0 (the client's own probe is the first), as the whole reply; undefined for silence. */
  readonly file?: (number: number, sizeBytes: number) => string | undefined | Promise<string | undefined>
  /** In place of all this. */
  readonly connection?: (socket: Socket) => void
  /** Bytes of a file at which the connection is closed, without a word. */
  readonly closeAfterBytes?: number
}

export const todaysVersion = (now: Date) => `ClamAV 1.4.6/27800/${asctime(now)}`

export function asctime(date: Date): string {
  const [day, , month, , time] = [date.toUTCString().slice(0, 3), '', date.toUTCString().slice(8, 11), '', date.toISOString().slice(11, 19)]
  return `${day} ${month} ${String(date.getUTCDate()).padStart(2)} ${time} ${date.getUTCFullYear()}`
}

/** Speaks enough of clamd's sessions for a client to believe it. */
export async function startStandIn(answers: StandInAnswers = {}): Promise<StandIn> {
  const directory = await mkdtemp(join(tmpdir(), 'portcullis-clamd-'))
  const path = join(directory, 'clamd.sock')
  const files: number[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const server: Server = createServer((socket) => {
    connections++
    sockets.add(socket)
    socket.on('error', () => {})
    if (answers.connection) answers.connection(socket)
    else serve(socket, answers, files)
  })
  server.listen(path)
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    address: `unix:${path}`,
    files,
    connections: () => connections,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function serve(
  socket: Socket,
  { version = 'ClamAV 1.4.6', file = () => 'stream: OK', closeAfterBytes }: StandInAnswers,
  files: number[],
): void {
  let data = Buffer.alloc(0)
  let count = 0
  let size: number | undefined
  const answer = (number: number, text: string | undefined) => text !== undefined && socket.write(`${number}: ${text}\0`)
  socket.on('data', (more: Buffer) => {
    data = Buffer.concat([data, more])
    for (;;) {
      if (size === undefined) {
        const end = data.indexOf(0)
        if (end < 0) return
        const command = data.subarray(0, end).toString()
        data = data.subarray(end + 1)
        if (command === 'zIDSESSION') continue
        count++
        if (command === 'zVERSION') answer(count, version)
        else size = 0
        continue
      }
      if (data.length < 4) return
      const length = data.readUInt32BE()
      if (data.length < 4 + length) return
      data = data.subarray(4 + length)
      size += length
      if (closeAfterBytes !== undefined && size >= closeAfterBytes) return void socket.destroy()
      if (length > 0) continue
      const number = count
      const said = file(files.length, size)
      files.push(size)
      size = undefined
      void Promise.resolve(said).then((text) => answer(number, text))
    }
  })
}
