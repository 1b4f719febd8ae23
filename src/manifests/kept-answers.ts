/** What is known of documents, as bytes that are kept from run to run. They hold names of rules and digests, and nothing that a document says. */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Answer, KeptAnswers } from './rule-memory.ts'

/** Other forms are as nothing. */
const form = 'portcullis.answers/1'

export const keptLimits = {
  /** Of the bytes, unpacked. */
  bytes: 64 << 20,
  /** Documents; what was used longest ago is left out. */
  documents: 300_000,
  /** Those that this run did not see: other branches, other repositories under the same policy. */
  unseen: 20_000,
}

interface Packed {
  readonly form: string
  /** Digests of circumstances, and arrays of asks: both are few. */
  readonly circumstances: readonly string[]
  readonly asks: readonly (readonly string[])[]
  /** Of each file its digest, and of its documents: index, circumstances, asks of the object, asks of each of its pods. */
  readonly files: readonly (readonly [string, ...(readonly number[])[]])[]
}

/** `seen` are those of this run; of both the first ones are kept, where there are more than are. */
export function packAnswers(seen: readonly KeptAnswers[], unseen: readonly KeptAnswers[]): Uint8Array {
  const others = unseen.slice(0, Math.max(keptLimits.unseen, seen.length))
  const all = [...seen, ...others].slice(0, keptLimits.documents)
  const circumstances = numbering<string>((text) => text)
  const asks = numbering<readonly string[]>((ids) => ids.join('\n'))
  const files = new Map<string, number[][]>()
  for (const { digest, index, circumstances: around, own, pods } of all) {
    const documents = files.get(digest) ?? []
    if (documents.length === 0) files.set(digest, documents)
    documents.push([index, circumstances.of(around), asks.of(own.asks), ...pods.map((pod) => asks.of(pod.asks))])
  }
  const packed: Packed = {
    form,
    circumstances: circumstances.values,
    asks: asks.values,
    files: [...files].map(([digest, documents]) => [digest, ...documents]),
  }
  return zstdCompressSync(JSON.stringify(packed), { params: { [constants.ZSTD_c_compressionLevel]: 1 } })
}

/** Undefined for what is not ours, damaged, or larger than is kept. */
export function unpackAnswers(bytes: Uint8Array): KeptAnswers[] | undefined {
  try {
    return answersOf(JSON.parse(zstdDecompressSync(bytes, { maxOutputLength: keptLimits.bytes }).toString('utf8')))
  } catch {
    // It is as if it were not there: all rules are asked.
    return undefined
  }
}

/** Throws where the shape is another. */
function answersOf(value: unknown): KeptAnswers[] {
  const { form: named, circumstances, asks, files } = Object(value)
  demand(named === form && isTexts(circumstances) && Array.isArray(asks) && asks.every(isTexts) && Array.isArray(files))
  // Objects of which all is known the same share it.
  const answerOf = (number: unknown): Answer => ({ asks: oneOf<string[]>(asks, number) })
  return files.flatMap((file: unknown) => {
    demand(Array.isArray(file))
    const [digest, ...documents] = file as readonly unknown[]
    demand(typeof digest === 'string')
    return documents.map((document) => {
      demand(Array.isArray(document))
      const [index, around, own, ...pods] = document as readonly unknown[]
      demand(Number.isSafeInteger(index))
      return {
        digest: digest as string,
        index: index as number,
        circumstances: oneOf<string>(circumstances, around),
        own: answerOf(own),
        pods: pods.map(answerOf),
      }
    })
  })
}

function demand(holds: boolean): void {
  if (!holds) throw new TypeError('answers of another shape')
}

function oneOf<Value>(values: readonly Value[], number: unknown): Value {
  const value = typeof number === 'number' ? values[number] : undefined
  if (value === undefined) throw new TypeError('answers of another shape')
  return value
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string')
}

function numbering<Value>(nameOf: (value: Value) => string): { readonly values: Value[]; of(value: Value): number } {
  const numbers = new Map<string, number>()
  // Most documents share what is known of them, and its name is long.
  const known = new Map<Value, number>()
  const values: Value[] = []
  return {
    values,
    of(value) {
      const before = known.get(value)
      if (before !== undefined) return before
      const name = nameOf(value)
      const number = numbers.get(name) ?? values.push(value) - 1
      numbers.set(name, number)
      known.set(value, number)
      return number
    },
  }
}
