/** The pipelines of a shell command as history has it: enough to see what is fed into what. POSIX.1-2017, Shell Command Language 2.9.2 */

/** Each pipeline is the words of its commands; quotes are taken for what they are in most commands, characters. */
export function pipelinesOf(text: string): readonly (readonly (readonly string[])[])[] {
  return text
    .replaceAll(/\\\r?\n/g, ' ')
    .split(/&&|\|\||[;\n]/)
    .map((pipeline) => pipeline.split(/\|&?/).map(commandOf))
}

const wrappers: ReadonlySet<string> = new Set(['!', '(', '{', 'do', 'else', 'env', 'exec', 'if', 'sudo', 'then', 'time', 'while'])

/** The command's words from its program on, past assignments and what runs it for somebody else; the program without its directory. */
function commandOf(text: string): readonly string[] {
  const words = text
    .trim()
    .replace(/^[({]+/, '')
    .split(/\s+/)
    .filter((word) => word !== '')
  let start = 0
  let isWrapped = false
  for (; start < words.length; start += 1) {
    const word = words[start] ?? ''
    if (wrappers.has(word)) isWrapped = true
    else if (!/^\w+=/.test(word) && !(isWrapped && word.startsWith('-'))) break
  }
  const [program = '', ...rest] = words.slice(start)
  return [program.slice(program.lastIndexOf('/') + 1), ...rest]
}
