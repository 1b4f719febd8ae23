/** Reads blobs through one `git cat-file --batch`, so that thousands of files cost one program. https://git-scm.com/docs/git-cat-file#_batch_output */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import type { Readable, Writable } from 'node:stream'
import { TreeError } from './errors.ts'
import { gitArguments } from './git-program.ts'

interface Request {
  readonly id: string
  readonly sizeBytes: number
  readonly resolve: (bytes: Uint8Array) => void
  readonly reject: (error: TreeError) => void
}

/** Starts the program when the first blob is asked for; it does not keep the process alive while nothing is asked. */
export class BlobReader {
  readonly #directory: string
  readonly #waiting: Request[] = []
  #child: ChildProcessByStdio<Writable, Readable, null> | undefined
  #chunks: Buffer[] = []
  #size = 0

  constructor(directory: string) {
    this.#directory = directory
  }

  /** `id` and `sizeBytes` are those of the tree's listing; another answer is an error. */
  read(id: string, sizeBytes: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#child ??= this.#start()
      if (this.#waiting.length === 0) hold(this.#child, true)
      this.#waiting.push({ id, sizeBytes, resolve, reject })
      this.#child.stdin.write(`${id}\n`)
    })
  }

  #start(): ChildProcessByStdio<Writable, Readable, null> {
    const child = spawn('git', gitArguments(this.#directory, ['cat-file', '--batch']), { stdio: ['pipe', 'pipe', 'ignore'] })
    child.stdout.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk)
      this.#size += chunk.length
      this.#deliver()
    })
    child.on('error', (cause) => this.#fail(`git does not start: ${cause.message}`))
    child.on('close', (status) => this.#fail(`git cat-file ends with status ${status}`))
    // A write after its end is told by `close` as well.
    child.stdin.on('error', () => {})
    return child
  }

  #deliver(): void {
    for (let request = this.#waiting[0]; request; request = this.#waiting[0]) {
      const header = `${request.id} blob ${request.sizeBytes}\n`
      // What the program says instead of an unknown blob is longer than this and has no `blob` in it.
      const prefixLength = request.id.length + ' blob '.length
      if (this.#size < prefixLength) return
      if ((this.#chunks[0]?.length ?? 0) < header.length) this.#chunks = [Buffer.concat(this.#chunks)]
      const start = this.#chunks[0]?.toString('latin1', 0, header.length) ?? ''
      if (start !== header.slice(0, start.length)) {
        this.#child?.kill()
        this.#fail(`git cat-file does not give the blob ${request.id}`)
        return
      }
      const length = header.length + request.sizeBytes + 1
      if (this.#size < length) return
      const all = Buffer.concat(this.#chunks)
      this.#chunks = all.length === length ? [] : [all.subarray(length)]
      this.#size = all.length - length
      this.#waiting.shift()
      request.resolve(all.subarray(header.length, length - 1))
    }
    if (this.#child) hold(this.#child, false)
  }

  #fail(message: string): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new TreeError('unreadable', message))
    this.#child = undefined
    this.#chunks = []
    this.#size = 0
  }
}

/** Whether the program and its pipes keep this process alive. */
function hold(child: ChildProcessByStdio<Writable, Readable, null>, alive: boolean): void {
  for (const handle of [child, child.stdin as Socket, child.stdout as Socket]) {
    if (alive) handle.ref()
    else handle.unref()
  }
}
