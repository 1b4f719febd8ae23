/** Dockerfile syntax: https://docs.docker.com/reference/dockerfile/ */
import { quote } from '../findings.ts'
import { LineReader, type LogicalLine, readDirectives } from './dockerfile/logical-lines.ts'
import { type ReadInstruction, readStages } from './dockerfile/stages.ts'
import { hereDocumentNames, splitWords, unquote } from './dockerfile/words.ts'

export { foreignImages, imagesBeside, stageNames } from './dockerfile/stages.ts'

export interface DockerfileSource {
  readonly instructions: readonly Instruction[]
  readonly stages: readonly Stage[]
  readonly errors: readonly { readonly line: number; readonly message: string }[]
}

export interface Instruction {
  /** In upper case. */
  readonly name: string
  /** All after the name and its flags, continuation lines joined, comments between them dropped. */
  readonly arguments: string
  /** Of a flag that stands there more than once (`--mount`), the last value; `flagList` has all. */
  readonly flags: ReadonlyMap<string, string>
  /** In order, names in lower case; a flag without a value has the empty one. */
  readonly flagList?: readonly (readonly [name: string, value: string])[]
  /** The words of an exec form (`["a", "b"]`); absent for the shell form. */
  readonly exec?: readonly string[]
  /** Bodies of here-documents, in order. */
  readonly hereDocuments: readonly { readonly name: string; readonly body: string; readonly startLine: number }[]
  readonly startLine: number
  readonly endLine: number
}

export interface Stage {
  readonly index: number
  readonly name?: string
  readonly from: Instruction
  /** The base with arguments expanded; undefined where an argument has no value. */
  readonly base: string | undefined
  /** Where the reference stands on the `FROM` line, when it is written out there. Columns count from 1, the end is exclusive. */
  readonly baseColumns?: { readonly line: number; readonly startColumn: number; readonly endColumn: number }
  /** The stage that `base` names, if it names one. */
  readonly baseStage?: number
  /** The instructions after `FROM`. */
  readonly instructions: readonly Instruction[]
}

const names: readonly string[] =
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(' ')
const withFlags: readonly string[] = ['ADD', 'COPY', 'FROM', 'HEALTHCHECK', 'RUN']
const withExecForm: readonly string[] = ['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'RUN', 'SHELL', 'VOLUME']
const withHereDocuments: readonly string[] = ['ADD', 'COPY', 'RUN']

export interface DockerfileOptions {
  /** Build arguments from outside; they go before the defaults that `ARG` gives. */
  readonly arguments?: ReadonlyMap<string, string>
  /** `os/architecture[/variant]`, for the arguments that a builder sets itself; `linux/amd64` where it is not said. */
  readonly platform?: string
}

/** Never throws: what cannot be read stands in `errors`, with its line. */
export function parseDockerfile(text: string, options: DockerfileOptions = {}): DockerfileSource {
  const errors: { line: number; message: string }[] = []
  const report = (line: number, message: string) => {
    errors.push({ line, message })
  }
  const directives = readDirectives(text)
  if (directives.error !== undefined) report(1, directives.error)
  const reader = new LineReader(text, directives.escape, directives.firstLine)
  const read: ReadInstruction[] = []
  for (let line = reader.next(); line; line = reader.next()) read.push(readInstruction(line, reader, directives.escape, report))
  const given = new Map([...platformArguments(options.platform ?? 'linux/amd64'), ...(options.arguments ?? [])])
  const stages = readStages(read, given, directives.escape, report)
  return { instructions: read.map(({ instruction }) => instruction), stages, errors }
}

function readInstruction(
  line: LogicalLine,
  reader: LineReader,
  escapeCharacter: string,
  report: (line: number, message: string) => void,
): ReadInstruction {
  const name = (/^\S+/.exec(line.text)?.[0] ?? '').toUpperCase()
  if (!names.includes(name)) report(line.startLine, `instruction ${quote(name, 40)} is not known`)
  const { flagList, offset } = readFlags(line.text, name.length, withFlags.includes(name), escapeCharacter)
  const text = line.text.slice(offset)
  const hereDocuments: Instruction['hereDocuments'][number][] = []
  let endLine = line.endLine
  const subject = name === 'ONBUILD' ? (/^\S+/.exec(text)?.[0] ?? '').toUpperCase() : name
  for (const { name: end, stripTabs } of withHereDocuments.includes(subject) ? hereDocumentNames(text, escapeCharacter) : []) {
    const found = reader.hereDocument(end, stripTabs)
    if (!found) {
      report(line.startLine, `here-document ${quote(end, 40)} has no end`)
      break
    }
    hereDocuments.push({ name: end, body: found.body, startLine: found.startLine })
    endLine = found.endLine
  }
  const exec = withExecForm.includes(name) ? execForm(text) : undefined
  const { startLine } = line
  const instruction = {
    name,
    arguments: text,
    flags: new Map(flagList),
    flagList,
    ...(exec ? { exec } : {}),
    hereDocuments,
    startLine,
    endLine,
  }
  return { instruction, line, argumentsOffset: offset }
}

function readFlags(
  text: string,
  nameLength: number,
  hasFlags: boolean,
  escapeCharacter: string,
): { flagList: (readonly [string, string])[]; offset: number } {
  const flagList: (readonly [string, string])[] = []
  for (const word of splitWords(text.slice(nameLength), escapeCharacter)) {
    const offset = nameLength + word.start
    if (!hasFlags || !word.text.startsWith('--')) return { flagList, offset }
    if (word.text === '--') return { flagList, offset: offset + 2 + (/^\s*/.exec(text.slice(offset + 2))?.[0].length ?? 0) }
    const [flag = '', ...value] = unquote(word.text.slice(2), escapeCharacter).split('=')
    flagList.push([flag.toLowerCase(), value.join('=')])
  }
  return { flagList, offset: text.length }
}

function execForm(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined
  } catch {
    // A shell form that begins with a bracket, as the builder takes it too.
    return undefined
  }
}

/** https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope */
function platformArguments(platform: string): readonly (readonly [string, string])[] {
  const [os = '', architecture = '', variant = ''] = platform.split('/')
  return ['TARGET', 'BUILD'].flatMap((prefix) => [
    [`${prefix}PLATFORM`, platform] as const,
    [`${prefix}OS`, os] as const,
    [`${prefix}ARCH`, architecture] as const,
    [`${prefix}VARIANT`, variant] as const,
  ])
}
