/** Suggestions for Dockerfiles: whole lines as they stand, with one word more, or without an instruction. */

import type { Suggestion } from '../../findings.ts'
import type { Instruction } from '../../formats/dockerfile.ts'
import type { Dockerfile, Repository } from '../../repo/repository.ts'

/**
 * `words` put behind the words of the instruction that the pattern finds; undefined where it finds them more than once, or behind a line break: which
 * of them is the command would be a guess.
 */
export function addWords(
  { lines }: Repository,
  { file }: Dockerfile,
  { startLine, endLine }: Instruction,
  pattern: RegExp,
  words: string,
): Suggestion | undefined {
  const every = new RegExp(pattern, 'g')
  const found = lines(file)
    .slice(startLine - 1, endLine)
    .flatMap((line, index) => [...line.matchAll(every)].map((match) => ({ line, at: match.index + match[0].length, index })))
  const [only] = found
  if (only === undefined || found.length > 1) return undefined
  const number = startLine + only.index
  return { startLine: number, endLine: number, replacement: `${only.line.slice(0, only.at)} ${words}${only.line.slice(only.at)}` }
}

/** `&& command` at the end of a RUN instruction in the shell form; undefined where the end is not surely that of its last command. */
export function addCommand({ lines }: Repository, { file }: Dockerfile, instruction: Instruction, command: string): Suggestion | undefined {
  const { startLine, endLine, exec, hereDocuments } = instruction
  const own = lines(file).slice(startLine - 1, endLine)
  const last = own.at(-1)?.trimEnd()
  if (last === undefined || exec !== undefined || hereDocuments.length > 0) return undefined
  if (own.some((line) => line.includes('#')) || !/[\w"')}/.*-]$/.test(last)) return undefined
  return { startLine: endLine, endLine, replacement: `${last} && ${command}` }
}

/** All lines of an instruction taken away; the line behind it stands for them, and undefined is where there is none. */
export function removeInstruction(
  { lines }: Repository,
  { file }: Dockerfile,
  { startLine, endLine }: Instruction,
): Suggestion | undefined {
  const next = lines(file)[endLine]
  return next === undefined ? undefined : { startLine, endLine: endLine + 1, replacement: next }
}
