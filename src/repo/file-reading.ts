/** What one file of a tree gives: a part of the repository, or the reason why it gives none. */
import type { Gap } from '../findings.ts'
import { withTriggers } from '../formats/dockerfile/triggers.ts'
import { parseDockerfile } from '../formats/dockerfile.ts'
import type { Field } from '../formats/field.ts'
import { decodeText } from '../formats/yaml/decode.ts'
import { parseYaml } from '../formats/yaml.ts'
import { type TypedRoot, typedRoots } from './objects.ts'
import type { ComposeService, Dockerfile, ImageUse } from './repository.ts'

export type FileReading = JudgedFile | SkippedFile

export interface JudgedFile {
  readonly file: string
  /** Of the file's name and bytes, where the reading is a function of these alone and somebody wants to know. */
  readonly digest?: string
  readonly roots: readonly TypedRoot[]
  readonly dockerfile?: Dockerfile
  /** Those that no object and no Dockerfile has. */
  readonly imageUses?: readonly ImageUse[]
  /** The documents of a workflow or an action. */
  readonly workflows?: readonly Field[]
  readonly composeServices?: readonly ComposeService[]
  /** Those within a Compose file; their images are among `imageUses`. */
  readonly inlineDockerfiles?: readonly Dockerfile[]
  /** Those that it names, by paths of the tree, and that are not called so themselves. */
  readonly namedDockerfiles?: readonly NamedDockerfile[]
  /** What of it could not be read. */
  readonly gaps: readonly Gap[]
  lines(): readonly string[]
}

export interface NamedDockerfile {
  readonly path: string
  /** Where it is named. */
  readonly line: number
}

export interface SkippedFile {
  readonly file: string
  readonly reason: string
  /** Where it may hold something that would be deployed. */
  readonly gaps: readonly Gap[]
}

export function isJudged(reading: FileReading): reading is JudgedFile {
  return 'roots' in reading
}

export function skip(file: string, reason: string): SkippedFile {
  return { file, reason, gaps: [] }
}

const errorsLimit = 20

/** What could stand for the key `apiVersion` without its letters: escapes that make letters, a line that goes on, a binary value. */
const hiddenKey = /\\[xuU\r\n]|!\S*(?:binary|%)|^%TAG/m

/** Kubernetes objects in YAML or JSON. */
export function readManifest(file: string, bytes: Uint8Array): FileReading {
  const text = textOf(bytes)
  if (text === undefined) return unreadable(file, 'neither UTF-8 nor UTF-16 text')
  // Most YAML of a repository is for something else.
  const mayHaveKey = text.includes('apiVersion') || hiddenKey.test(text)
  if (!mayHaveKey) return skip(file, 'no Kubernetes object: there is no apiVersion')
  const parsed = parseYaml(file, bytes, { dialect: 'kubernetes' })
  const roots = parsed.documents.flatMap((document) => [...typedRoots(document)])
  const [error] = parsed.errors
  if (!error && roots.length === 0) return skip(file, 'no Kubernetes object: no document has apiVersion and kind')
  return { file, roots, gaps: gapsOf(file, parsed.errors), lines: () => parsed.lines }
}

export function readDockerfile(file: string, bytes: Uint8Array, options: Parameters<typeof parseDockerfile>[1]): FileReading {
  const text = textOf(bytes)
  if (text === undefined) return unreadable(file, 'neither UTF-8 nor UTF-16 text')
  const source = parseDockerfile(text, options)
  return {
    file,
    roots: [],
    dockerfile: { file, source: withTriggers(source) },
    gaps: gapsOf(file, source.errors),
    lines: () => text.split(/\r?\n/),
  }
}

/** Neither judged nor known to be harmless. */
export function unreadable(file: string, message: string): SkippedFile {
  return { file, reason: message, gaps: [gapAt(file, 1, message)] }
}

/** The errors of a file, each at its line; of very many, the first ones and their number. */
export function gapsOf(file: string, errors: readonly { readonly line: number; readonly message: string }[]): Gap[] {
  const gaps = errors.slice(0, errorsLimit).map(({ line, message }) => gapAt(file, line, `line ${line}: ${message}`))
  if (errors.length > errorsLimit) gaps.push(gapAt(file, 1, `${errors.length - errorsLimit} more errors`))
  return gaps
}

export function gapAt(file: string, line: number, message: string): Gap {
  return { subject: file, message, locations: [{ file, startLine: line, endLine: line }] }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decodeText(bytes)
  } catch {
    // The caller turns this into a gap.
    return undefined
  }
}
