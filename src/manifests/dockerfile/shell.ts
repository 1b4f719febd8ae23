/** The commands of a RUN instruction: enough of the shell's grammar to tell programs, arguments and pipes apart. POSIX.1-2017, Shell Command Language 2.3 */
import type { Instruction } from '../../formats/dockerfile.ts'

export interface Command {
  readonly words: readonly string[]
  /** True where its output goes into the next command of the list. */
  readonly isPiped: boolean
}

/** More than this of one instruction is not looked at. */
const limit = 64 * 1024

/** Commands in the order in which they are written; `sudo`, `env` and variable assignments in front of a program stay. */
export function commandsOf(instruction: Instruction): readonly Command[] {
  const { exec, hereDocuments } = instruction
  if (exec !== undefined)
    return isShell(exec[0]) && exec[1]?.startsWith('-') ? readCommands(exec[2] ?? '') : [{ words: exec, isPiped: false }]
  return [instruction.arguments, ...hereDocuments.map(({ body }) => body)].flatMap(readCommands)
}

/** The program of a command, without its directory, past assignments and programs that run others. */
export function programOf({ words }: Command): { readonly name: string; readonly options: readonly string[] } {
  let index = 0
  while (index < words.length && (/^[A-Za-z_]\w*=/.test(words[index] ?? '') || wrappers.has(words[index] ?? ''))) index += 1
  return { name: (words[index] ?? '').split('/').at(-1) ?? '', options: words.slice(index + 1) }
}

export function isShell(name: string | undefined): boolean {
  return shells.has(name?.split('/').at(-1) ?? '')
}

const wrappers: ReadonlySet<string> = new Set(['do', 'else', 'env', 'exec', 'if', 'nohup', 'sudo', 'then', 'time', 'while', '!', '{', '('])
const shells: ReadonlySet<string> = new Set(['ash', 'bash', 'dash', 'ksh', 'sh', 'zsh'])

function readCommands(text: string): readonly Command[] {
  const commands: Command[] = []
  let words: string[] = []
  let word: string | undefined
  const endWord = () => {
    if (word !== undefined) words.push(word)
    word = undefined
  }
  const endCommand = (isPiped: boolean) => {
    endWord()
    if (words.length > 0) commands.push({ words, isPiped })
    words = []
  }
  const source = text.slice(0, limit)
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at] ?? ''
    if (character === '\\') {
      word = (word ?? '') + (source[at + 1] ?? '')
      at += 1
    } else if (character === "'" || character === '"') {
      const end = closing(source, at)
      word = (word ?? '') + source.slice(at + 1, end)
      at = end
    } else if (character === '#' && word === undefined) {
      const end = source.indexOf('\n', at)
      at = (end < 0 ? source.length : end) - 1
    } else if (/[;&|\n()]/.test(character)) {
      const isPipe = character === '|' && source[at + 1] !== '|'
      if (!isPipe && source[at + 1] === character) at += 1
      endCommand(isPipe)
    } else if (/\s/.test(character)) endWord()
    else word = (word ?? '') + character
  }
  endCommand(false)
  return commands
}

function closing(source: string, open: number): number {
  const quote = source[open]
  for (let at = open + 1; at < source.length; at += 1) {
    if (source[at] === '\\' && quote === '"') at += 1
    else if (source[at] === quote) return at
  }
  return source.length
}
