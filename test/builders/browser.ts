/** A real Chromium, driven over a pipe (Chrome DevTools Protocol), with a profile of its own that is thrown away. */
import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

export interface Browser {
  /** Loads a file in a new page. */
  open(file: string, size?: { readonly width: number; readonly height: number; readonly mobile?: boolean }): Promise<Page>
  close(): Promise<void>
}

export interface Page {
  /** The value of an expression, as JSON has it; throws what it throws. */
  evaluate<Value>(expression: string): Promise<Value>
  press(key: string): Promise<void>
  emulate(features: Readonly<Record<string, string>>, media?: string): Promise<void>
  screenshot(whole?: boolean): Promise<Uint8Array>
  pdf(): Promise<Uint8Array>
  /** Addresses that were asked for, the page's own left out. */
  readonly requests: readonly string[]
  /** Exceptions, console messages, refusals of the Content Security Policy. */
  readonly complaints: readonly string[]
}

/** Undefined where there is none. */
export function findChromium(path = process.env.PATH ?? ''): string | undefined {
  for (const folder of path.split(delimiter)) {
    for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
      const file = join(folder, name)
      try {
        accessSync(file, constants.X_OK)
        return file
      } catch {
        // Not in this folder: the next may have it.
      }
    }
  }
  return undefined
}

type Message = {
  id?: number
  sessionId?: string
  method?: string
  params?: Record<string, unknown>
  result?: Record<string, unknown>
  error?: { message: string }
}

export async function startBrowser(executable: string): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'portcullis-browser-'))
  const quiet = [
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-extensions',
    '--disable-dev-shm-usage',
  ]
  const child = spawn(
    executable,
    ['--headless', '--no-sandbox', '--disable-gpu', ...quiet, `--user-data-dir=${profile}`, '--remote-debugging-pipe'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    },
  )
  const connection = connect(child)
  await connection.send('Browser.getVersion')
  return {
    open: (file, size = { width: 1280, height: 900 }) => openPage(connection, file, size),
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await ended
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

interface Connection {
  send(method: string, params?: object, sessionId?: string): Promise<Record<string, unknown>>
  listen(sessionId: string, listener: (method: string, params: Record<string, unknown>) => void): void
}

/** Messages end with a zero byte. */
function connect(child: ChildProcess): Connection {
  const [output, input] = [child.stdio[3] as Writable, child.stdio[4] as Readable]
  const waiting = new Map<number, { resolve: (result: Record<string, unknown>) => void; reject: (error: Error) => void }>()
  const listeners = new Map<string, (method: string, params: Record<string, unknown>) => void>()
  let next = 0
  let rest = ''
  input.setEncoding('utf8')
  input.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\0')
    rest = parts.pop() ?? ''
    for (const part of parts) receive(JSON.parse(part) as Message)
  })
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('chromium ended'))
  })
  function receive({ error, id, method, params, result, sessionId }: Message): void {
    if (id === undefined) {
      listeners.get(sessionId ?? '')?.(method ?? '', params ?? {})
      return
    }
    const answer = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) answer?.resolve(result ?? {})
    else answer?.reject(new Error(error.message))
  }
  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        next += 1
        waiting.set(next, { resolve, reject })
        output.write(`${JSON.stringify({ id: next, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`)
      }),
    listen: (sessionId, listener) => {
      listeners.set(sessionId, listener)
    },
  }
}

async function openPage(connection: Connection, file: string, size: { width: number; height: number; mobile?: boolean }): Promise<Page> {
  const address = file.startsWith('file:') ? file : `file://${file}`
  const { targetId } = await connection.send('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = (await connection.send('Target.attachToTarget', { targetId, flatten: true })) as { sessionId: string }
  const send = (method: string, params: object = {}) => connection.send(method, params, sessionId)
  const requests: string[] = []
  const complaints: string[] = []
  let loaded = () => {}
  const load = new Promise<void>((resolve) => {
    loaded = resolve
  })
  connection.listen(sessionId, (method, params) => {
    if (method === 'Page.loadEventFired') loaded()
    if (method === 'Network.requestWillBeSent') requests.push((params.request as { url: string }).url)
    if (method === 'Runtime.exceptionThrown') complaints.push(JSON.stringify(params.exceptionDetails))
    if (method === 'Runtime.consoleAPICalled') complaints.push(JSON.stringify(params.args))
    if (method === 'Log.entryAdded') complaints.push((params.entry as { text: string }).text)
  })
  for (const domain of ['Page', 'Network', 'Runtime', 'Log']) await send(`${domain}.enable`)
  await send('Emulation.setDeviceMetricsOverride', {
    width: size.width,
    height: size.height,
    deviceScaleFactor: 1,
    mobile: size.mobile ?? false,
  })
  await send('Page.navigate', { url: address })
  await load
  return {
    requests: view(requests, (url) => url.split('#')[0] !== address.split('#')[0]),
    complaints,
    async evaluate<Value>(expression: string) {
      const { exceptionDetails, result } = (await send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true })) as {
        result: { value: Value }
        exceptionDetails?: { exception?: { description?: string } }
      }
      if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? 'exception in the page')
      return result.value
    },
    async press(key) {
      const codes: Readonly<Record<string, number>> = { Tab: 9, Enter: 13, ' ': 32, ArrowUp: 38, ArrowDown: 40 }
      const event = {
        key,
        code: key === ' ' ? 'Space' : key,
        windowsVirtualKeyCode: codes[key],
        ...(key === 'Enter' ? { text: '\r' } : key === ' ' ? { text: ' ' } : {}),
      }
      await send('Input.dispatchKeyEvent', { type: 'keyDown', ...event })
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...event })
    },
    async emulate(features, media = '') {
      await send('Emulation.setEmulatedMedia', { media, features: Object.entries(features).map(([name, value]) => ({ name, value })) })
    },
    async screenshot(whole = false) {
      const { data } = await send('Page.captureScreenshot', { captureBeyondViewport: whole })
      return Buffer.from(String(data), 'base64')
    },
    async pdf() {
      const { data } = await send('Page.printToPDF', { printBackground: false })
      return Buffer.from(String(data), 'base64')
    },
  }
}

/** A live view of a list: what is added later is in it too. */
function view<Element>(list: readonly Element[], keep: (element: Element) => boolean): readonly Element[] {
  return new Proxy(list, {
    get: (target, name) => {
      const kept = target.filter(keep)
      const value: unknown = Reflect.get(kept, name)
      return typeof value === 'function' ? value.bind(kept) : value
    },
  })
}
