/** Compiled policies, run in a thread that is stopped when it takes too long. https://www.openpolicyagent.org/docs/wasm */
import { Worker } from 'node:worker_threads'
import type { RuleValues } from './results.ts'
import type { CompiledPolicy } from './sources.ts'

/** What a thread is told that it was started for. */
export const wasmPurpose = 'portcullis.rego'

export interface WasmTask {
  readonly bytes: Uint8Array
  readonly data: unknown
  readonly inputs: readonly unknown[]
  /** The first of the inputs that is wanted. */
  readonly first: number
}

type Answer = { readonly value: unknown } | { readonly error: string }

export type WasmThreadMessage =
  | { readonly kind: 'answer'; readonly index: number; readonly answers: readonly (readonly [entrypoint: string, answer: Answer])[] }
  | { readonly kind: 'done' }
  /** The policy itself could not be loaded, or a rule destroyed what it runs in. */
  | { readonly kind: 'failed'; readonly message: string }

/** What a policy says of one input: the values of each package's rules, or why that is not known. */
export type WasmResult = { readonly packages: ReadonlyMap<string, RuleValues> } | { readonly error: string }

export interface WasmLimits {
  /** Without an answer. */
  readonly silenceMilliseconds: number
  /** Threads that are started for one policy: each that is stopped costs one. */
  readonly threads: number
}

const defaultLimits: WasmLimits = { silenceMilliseconds: 2_000, threads: 4 }

/** One result an input. Throws where the policy cannot be loaded at all. */
export async function evaluateCompiled(
  { bytes, data }: CompiledPolicy,
  inputs: readonly unknown[],
  limits: WasmLimits = defaultLimits,
): Promise<readonly WasmResult[]> {
  const results: WasmResult[] = []
  for (let thread = 0; results.length < inputs.length; thread++) {
    if (thread >= limits.threads) {
      results.push(...inputs.slice(results.length).map(() => ({ error: 'no time is left' })))
      break
    }
    const reason = await runThread({ bytes, data, inputs, first: results.length }, results, limits.silenceMilliseconds)
    // What stopped it is the input that it was at.
    if (reason !== undefined && results.length < inputs.length) results.push({ error: reason })
  }
  return results
}

/** Undefined when all inputs were answered; else what the next one did. */
function runThread(task: WasmTask, results: WasmResult[], silenceMilliseconds: number): Promise<string | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>()
  // What a policy prints is for whoever writes it, not for our standard output.
  const thread = new Worker(threadUrl(), {
    workerData: { purpose: wasmPurpose, task },
    stdout: true,
    stderr: true,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  })
  const onSilence = () => resolve(`it takes more than ${silenceMilliseconds} ms`)
  // Loading and compiling are not the first input's.
  let timer = setTimeout(onSilence, silenceMilliseconds + 3_000)
  thread.on('message', (message: WasmThreadMessage) => {
    clearTimeout(timer)
    timer = setTimeout(onSilence, silenceMilliseconds)
    if (message.kind === 'done') resolve(undefined)
    else if (message.kind === 'failed') reject(new Error(message.message))
    else results.push(resultOf(message.answers))
  })
  thread.on('error', (error) => resolve(error.message.slice(0, 300)))
  thread.on('exit', () => resolve('its thread ended'))
  return promise.finally(async () => {
    clearTimeout(timer)
    thread.removeAllListeners()
    await thread.terminate()
  })
}

/** Beside this module: in the sources, or in a bundle. */
function threadUrl(): URL {
  const here = import.meta.url
  if (here.endsWith('.ts')) return new URL('./wasm-worker.ts', here)
  return new URL(here.includes('/chunks/') ? '../wasm-worker.js' : './wasm-worker.js', here)
}

/** An entry point is a rule (`main/deny`) or a package (`main`), whose rules are then the members of an object. */
function resultOf(answers: readonly (readonly [entrypoint: string, answer: Answer])[]): WasmResult {
  const packages = new Map<string, Map<string, unknown>>()
  for (const [entrypoint, answer] of answers) {
    if ('error' in answer) return { error: `${entrypoint}: ${answer.error}` }
    const steps = entrypoint.split('/')
    const rule = steps.at(-1) ?? ''
    const { value } = answer
    const isPackage = typeof value === 'object' && value !== null && !Array.isArray(value) && !/^(?:deny|violation|warn)(?:_|$)/u.test(rule)
    const name = (isPackage ? steps : steps.slice(0, -1)).join('.')
    const values = packages.get(name) ?? new Map<string, unknown>()
    if (isPackage) for (const [key, member] of Object.entries(value)) values.set(key, member)
    // A rule that is undefined is there all the same: it refuses nothing.
    else values.set(rule, value)
    packages.set(name, values)
  }
  return { packages }
}
