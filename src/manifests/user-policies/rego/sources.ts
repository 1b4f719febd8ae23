/** Policies in Rego as the policy file names them: modules in text, compiled policies, and bundles, which may hold both. https://www.openpolicyagent.org/docs/management-bundles */
import { createGunzip } from 'node:zlib'
import { quote } from '../../../findings.ts'
import { byteSource } from '../../../formats/byte-reader.ts'
import { readTar } from '../../../formats/tar.ts'

export interface NamedBytes {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface RegoModule {
  readonly name: string
  readonly text: string
}

export interface RegoSources {
  /** In text, to be judged by a program; bundles that come compiled have none here. */
  readonly modules: readonly RegoModule[]
  readonly compiled: readonly CompiledPolicy[]
  /** The data of bundles in text, joined. */
  readonly data: Readonly<Record<string, unknown>>
  /** Files that are no policies. */
  readonly problems: readonly { readonly name: string; readonly message: string }[]
}

export interface CompiledPolicy {
  readonly name: string
  readonly bytes: Uint8Array
  readonly data: unknown
}

/** Unpacked, of one bundle, and of its files. */
const limits = { bundleBytes: 64 << 20, entries: 10_000 }

/** Never throws for what a file holds: that is one of the problems. */
export async function readRegoSources(files: readonly NamedBytes[]): Promise<RegoSources> {
  const modules: RegoModule[] = []
  const compiled: CompiledPolicy[] = []
  const problems: { name: string; message: string }[] = []
  let data: Readonly<Record<string, unknown>> = {}
  for (const { name, bytes } of files) {
    try {
      if (/\.wasm$/iu.test(name)) compiled.push({ name, bytes, data: {} })
      else if (/\.tar\.gz$/iu.test(name)) {
        const bundle = await readBundle(bytes)
        const program = bundle.get('policy.wasm')
        const own = dataOf(bundle)
        if (program) compiled.push({ name, bytes: program, data: own })
        else {
          const texts = [...bundle].filter(([path]) => isModule(path)).map(([path, text]) => moduleOf(`${name}!/${path}`, text))
          if (texts.length === 0) throw new Error('bundle holds neither "policy.wasm" nor a module')
          modules.push(...texts)
          data = joined(data, own)
        }
      } else modules.push(moduleOf(name, bytes))
    } catch (error) {
      problems.push({ name, message: error instanceof Error ? error.message : String(error) })
    }
  }
  return { modules, compiled, data, problems }
}

/** Tests belong to the modules, not to what they refuse. */
function isModule(path: string): boolean {
  return path.endsWith('.rego') && !path.endsWith('_test.rego')
}

function moduleOf(name: string, bytes: Uint8Array): RegoModule {
  return { name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
}

async function readBundle(bytes: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  let size = 0
  await readTar(
    byteSource(gunzip(bytes)),
    ({ path, type }) => {
      const name = path.replace(/^(?:\.?\/)+/u, '')
      if (type !== 'file' || !(isModule(name) || name === 'policy.wasm' || /(?:^|\/)data\.json$/u.test(name))) return undefined
      return async (body) => {
        const pieces: Buffer[] = []
        for await (const piece of body) {
          size += piece.length
          if (size > limits.bundleBytes) throw new RangeError(`bundle has more than ${limits.bundleBytes} bytes`)
          pieces.push(piece)
        }
        files.set(name, Buffer.concat(pieces))
      }
    },
    { maxEntries: limits.entries },
  )
  return files
}

/** Bounded by what is in it, also where nothing of that is kept. */
async function* gunzip(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const stream = createGunzip()
  stream.end(bytes)
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > 2 * limits.bundleBytes) throw new RangeError(`bundle has more than ${2 * limits.bundleBytes} bytes unpacked`)
    yield chunk
  }
}

/** A `data.json` stands for the data below its folder. */
function dataOf(bundle: ReadonlyMap<string, Uint8Array>): Readonly<Record<string, unknown>> {
  let data: Readonly<Record<string, unknown>> = {}
  for (const [path, bytes] of bundle) {
    if (!/(?:^|\/)data\.json$/u.test(path)) continue
    let value: unknown
    try {
      value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    } catch (cause) {
      throw new Error(`${quote(path)} of the bundle is not JSON`, { cause })
    }
    const folders = path.split('/').slice(0, -1).reverse()
    data = joined(
      data,
      folders.reduce<unknown>((inner, folder) => Object.fromEntries([[folder, inner]]), value),
    )
  }
  return data
}

function joined(left: Readonly<Record<string, unknown>>, right: unknown): Readonly<Record<string, unknown>> {
  if (!isMap(right)) throw new Error('the data of a bundle is not an object')
  const entries = new Map(Object.entries(left))
  for (const [key, value] of Object.entries(right)) {
    const before = entries.get(key)
    entries.set(key, isMap(before) && isMap(value) ? joined(before, value) : value)
  }
  return Object.fromEntries(entries)
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
