/** The stages of a build: which image or earlier stage each begins with. https://docs.docker.com/reference/dockerfile/#from */
import { quote } from '../../findings.ts'
import type { Instruction, Stage } from '../dockerfile.ts'
import { expandWord } from './expand.ts'
import type { LogicalLine } from './logical-lines.ts'
import { splitWords, unquote, type Word } from './words.ts'

export interface ReadInstruction {
  readonly instruction: Instruction
  readonly line: LogicalLine
  /** Where the arguments begin in the joined line. */
  readonly argumentsOffset: number
}

interface Building {
  readonly stage: Omit<Stage, 'instructions'>
  readonly instructions: Instruction[]
}

type Report = (line: number, message: string) => void

export function readStages(
  all: readonly ReadInstruction[],
  given: ReadonlyMap<string, string>,
  escapeCharacter: string,
  report: Report,
): readonly Stage[] {
  const building: Building[] = []
  const names = new Map<string, number>()
  const values = new Map(given)
  for (const read of all) {
    const { instruction } = read
    const current = building.at(-1)
    if (instruction.name === 'FROM') {
      const stage = stageOf(read, building.length, names, values, escapeCharacter, report)
      building.push({ stage, instructions: [] })
      if (stage.name !== undefined) names.set(stage.name, stage.index)
    } else if (current) current.instructions.push(instruction)
    else if (instruction.name === 'ARG') declareArguments(instruction.arguments, values, given, escapeCharacter)
    else report(instruction.startLine, `${instruction.name} before the first FROM`)
  }
  if (building.length === 0) report(1, 'no FROM instruction')
  return building.map(({ stage, instructions }) => ({ ...stage, instructions }))
}

/** An argument that the caller gave keeps its value; one whose default cannot be worked out has none. */
function declareArguments(text: string, values: Map<string, string>, given: ReadonlyMap<string, string>, escapeCharacter: string): void {
  for (const word of splitWords(text, escapeCharacter)) {
    const equals = word.text.indexOf('=')
    if (equals < 1) continue
    const name = word.text.slice(0, equals)
    if (given.has(name)) continue
    try {
      values.set(name, expandWord(word.text.slice(equals + 1), values, escapeCharacter))
    } catch {
      // Whoever uses the argument reports that it has no value.
      values.delete(name)
    }
  }
}

function stageOf(
  read: ReadInstruction,
  index: number,
  names: ReadonlyMap<string, number>,
  values: ReadonlyMap<string, string>,
  escapeCharacter: string,
  report: Report,
): Building['stage'] {
  const { instruction } = read
  const [image, as, name, ...rest] = splitWords(instruction.arguments, escapeCharacter)
  const stage = { index, from: instruction }
  const isNamed = as?.text.toLowerCase() === 'as' && name !== undefined && rest.length === 0
  if (image === undefined || (as !== undefined && !isNamed)) {
    report(instruction.startLine, `FROM takes an image and perhaps AS with a name, not ${quote(instruction.arguments)}`)
    return { ...stage, base: undefined }
  }
  const named = isNamed ? { ...stage, name: name.text.toLowerCase() } : stage
  let base: string
  try {
    base = expandWord(image.text, values, escapeCharacter)
    if (base === '') throw new Error(`${quote(image.text)} is empty when its arguments are replaced`)
  } catch (error) {
    report(instruction.startLine, `FROM ${quote(image.text)}: ${error instanceof Error ? error.message : String(error)}`)
    return { ...named, base: undefined }
  }
  const earlier = names.get(base.toLowerCase())
  const columns = base === image.text ? columnsOf(read, image) : undefined
  return { ...named, base, ...(columns ? { baseColumns: columns } : {}), ...(earlier === undefined ? {} : { baseStage: earlier }) }
}

/** Undefined where the word runs over a line's end. */
function columnsOf({ line, argumentsOffset }: ReadInstruction, word: Word): NonNullable<Stage['baseColumns']> | undefined {
  const from = argumentsOffset + word.start
  const to = from + word.text.length
  const index = line.pieces.findLastIndex((piece) => piece.offset <= from)
  const piece = line.pieces[index]
  const next = line.pieces[index + 1]
  if (!piece || (next && next.offset < to)) return undefined
  const startColumn = piece.column + from - piece.offset
  return { line: piece.line, startColumn, endColumn: startColumn + word.text.length }
}

/** The images that an instruction of a stage takes files from: `COPY --from=`, `RUN --mount=…,from=`. Stages are not among them. */
export function foreignImages(instruction: Instruction, stages: readonly Stage[]): Iterable<string> {
  return imagesBeside(instruction, stageNames(stages))
}

export function stageNames(stages: readonly Stage[]): ReadonlySet<string> {
  return new Set(stages.flatMap(({ name }) => (name === undefined ? [] : [name])))
}

/** As `foreignImages`, for who asks about many instructions. */
export function* imagesBeside(instruction: Instruction, names: ReadonlySet<string>): Generator<string> {
  for (const [flag, value] of instruction.flagList ?? []) {
    const from = flag === 'from' ? value : flag === 'mount' ? mountSource(value) : ''
    if (from !== '' && from !== 'scratch' && !/^\d+$/.test(from) && !names.has(from.toLowerCase())) yield from
  }
}

function mountSource(mount: string): string {
  const field = mount.split(',').find((part) => /^\s*from=/i.test(part))
  return field === undefined ? '' : unquote(field.slice(field.indexOf('=') + 1), '\\')
}
