/** YAML and JSON bytes to fields with their places. YAML 1.2.2: https://yaml.org/spec/1.2.2/; JSON is a subset of it. */
import type { Field } from './field.ts'
import { type ComposedDocument, composeDocuments } from './yaml/compose.ts'
import { decodeText } from './yaml/decode.ts'
import { defaultLimits, type LexemeBudget, type YamlLimits, YamlProblem } from './yaml/limits.ts'
import { KeyTable } from './yaml/quick/key-table.ts'
import { readQuickly } from './yaml/quick.ts'
import type { Dialect } from './yaml/scalar.ts'
import { type StreamPart, splitDocuments, withOneLineBreak } from './yaml/split.ts'
import { TextLines } from './yaml/text-lines.ts'
import { ValueField } from './yaml/value-field.ts'

export type { Dialect } from './yaml/scalar.ts'

export interface YamlOptions {
  /** `kubernetes` reads what an API server would (YAML 1.1 words and octal numbers), `core` is YAML 1.2. */
  readonly dialect: Dialect
  readonly limits?: Partial<YamlLimits>
}

export interface YamlFile {
  /** The documents that could be read, without empty ones. */
  readonly documents: readonly Field[]
  /** What could not be read, or is read differently by different programs (a duplicate key). Lines and columns count from 1. */
  readonly errors: readonly { readonly line: number; readonly column?: number; readonly message: string }[]
  /** The text's lines, without their ends. */
  readonly lines: readonly string[]
}

/** Never throws: what is wrong with the text stands in `errors`, and a document that is not readable does not hide the others. */
export function parseYaml(file: string, bytes: Uint8Array, options: YamlOptions): YamlFile {
  const limits = { ...defaultLimits, ...options.limits }
  if (bytes.length > limits.bytes) return unread(`${bytes.length} bytes, more than the ${limits.bytes} that are read`)
  let text: string
  try {
    text = decodeText(bytes)
  } catch {
    return unread('neither UTF-8 nor UTF-16 text')
  }
  return parseText(file, text, options.dialect, limits)
}

function unread(message: string): YamlFile {
  return { documents: [], errors: [{ line: 1, message }], lines: [] }
}

function parseText(file: string, text: string, dialect: Dialect, limits: YamlLimits): YamlFile {
  const lines = new TextLines(text)
  const source = { file, lines, dialect }
  const documents: Field[] = []
  const errors: { line: number; column: number; message: string }[] = []
  const report = ({ offset, message }: YamlProblem) => errors.push({ ...lines.positionOf(Math.min(offset, text.length)), message })
  const budget = { left: limits.lexemes }
  const keys = new KeyTable()
  const normal = withOneLineBreak(text, dialect)
  for (const part of splitDocuments(normal)) {
    try {
      for (const { root, problems } of readPart(normal, part, dialect, limits, budget, keys)) {
        if (documents.length === limits.documents) throw new YamlProblem(part.start, `more than ${limits.documents} documents`)
        if (root) documents.push(new ValueField(source, root))
        for (const problem of problems) report(problem)
      }
    } catch (error) {
      report(problemOf(error, part.start))
      if (documents.length === limits.documents) break
    }
  }
  return {
    documents,
    errors,
    get lines() {
      return lines.lines
    },
  }
}

function readPart(
  text: string,
  { start, end }: StreamPart,
  dialect: Dialect,
  limits: YamlLimits,
  budget: LexemeBudget,
  keys: KeyTable,
): Iterable<ComposedDocument> {
  const quick = readQuickly(text, start, end, dialect, limits, keys)
  if (quick) return [{ root: quick.root, problems: [] }]
  return composeDocuments(text.slice(start, end), start, dialect, limits, budget)
}

function problemOf(error: unknown, start: number): YamlProblem {
  if (error instanceof YamlProblem) return error
  return new YamlProblem(start, `not readable: ${error instanceof Error ? error.message : String(error)}`)
}
