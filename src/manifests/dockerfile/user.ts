/** The user that a stage ends with, its variables replaced. https://docs.docker.com/reference/dockerfile/#environment-replacement */
import { expandWord } from '../../formats/dockerfile/expand.ts'
import { splitWords } from '../../formats/dockerfile/words.ts'
import type { DockerfileSource, Instruction, Stage } from '../../formats/dockerfile.ts'

export interface StageUser {
  readonly instruction: Instruction
  /** As it is written where a variable has no value in the file: then whoever builds decides. */
  readonly name: string
}

/** Undefined where neither the stage nor one that it begins with sets a user. */
export function userOf(stage: Stage, source: DockerfileSource): StageUser | undefined {
  const instruction = stage.instructions.findLast(({ name }) => name === 'USER')
  if (instruction) return { instruction, name: expanded(instruction.arguments.trim(), valuesBefore(instruction, stage, source)) }
  const base = baseOf(stage, source)
  return base && userOf(base, source)
}

function baseOf({ baseStage, index }: Stage, { stages }: DockerfileSource): Stage | undefined {
  const base = baseStage === undefined ? undefined : stages[baseStage]
  return base && base.index < index ? base : undefined
}

/** Variables go from a stage to those that begin with it; arguments do not, and have the value from before the first stage where they name none. */
function valuesBefore(end: Instruction | undefined, stage: Stage, source: DockerfileSource): Map<string, string> {
  const base = baseOf(stage, source)
  const variables = base ? valuesBefore(undefined, base, source) : new Map<string, string>()
  const first = source.instructions.findIndex(({ name }) => name === 'FROM')
  const outer = new Map<string, string>()
  for (const instruction of source.instructions.slice(0, Math.max(0, first))) declare(instruction, outer, new Map())
  const values = new Map(variables)
  for (const instruction of stage.instructions) {
    if (instruction === end) return values
    declare(instruction, values, outer)
    if (instruction.name === 'ENV') declare(instruction, variables, outer)
  }
  return variables
}

function declare({ name, arguments: text }: Instruction, values: Map<string, string>, outer: ReadonlyMap<string, string>): void {
  if (name !== 'ARG' && name !== 'ENV') return
  const words = splitWords(text.slice(0, limit), '\\').map((word) => word.text)
  const [first = '', ...rest] = words
  // The older form: `ENV NAME value`.
  const pairs = name === 'ENV' && !first.includes('=') ? [`${first}=${rest.join(' ')}`] : words
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    const [key, value] = at < 0 ? [pair, outer.get(pair)] : [pair.slice(0, at), expanded(pair.slice(at + 1), values)]
    if (value !== undefined) values.set(key, value)
  }
}

/** More of one instruction is not looked at. */
const limit = 64 * 1024

function expanded(text: string, values: ReadonlyMap<string, string>): string {
  try {
    return expandWord(text, values, '\\')
  } catch {
    return text // Nobody knows its value here.
  }
}
