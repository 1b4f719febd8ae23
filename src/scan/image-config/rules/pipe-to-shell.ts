/** A download that was run: https://docs.docker.com/build/building/best-practices/ */
import { quote } from '../../../findings.ts'
import type { ImageRule } from '../rule.ts'
import { pipelinesOf } from '../shell.ts'

export const pipeToShell: ImageRule = {
  id: 'image/pipe-to-shell',
  severity: 'medium',
  title: 'Image was built by piping a download into a shell',
  why: 'What the server sent on that day ran as root and left in the image what it liked: nobody has seen it, and the next build may get something else.',
  fix: 'Download to a file, check its digest, then run it; or use a package.',
  references: ['https://docs.docker.com/build/building/best-practices/'],
  concerns: 'container',
  *check({ history }) {
    for (const { name, text, layer, written } of history) {
      const program = name === 'RUN' ? runnerOf(text) : undefined
      if (program === undefined) continue
      yield {
        content: { field: 'history', ...(layer === undefined ? {} : { layer }), instruction: written },
        anchor: written,
        message: `what was downloaded was run by ${quote(program, 40)}`,
      }
    }
  },
}

function runnerOf(text: string): string | undefined {
  for (const commands of pipelinesOf(text)) {
    const download = commands.findIndex(([program]) => program === 'curl' || program === 'wget')
    if (download < 0) continue
    const runner = commands.slice(download + 1).find(readsProgram)
    if (runner) return runner[0]
  }
  return /(?:^|[\s;&|(])((?:(?:a|ba|da|z)?sh|eval|source)|\.)\s[^;&|\n]{0,200}?(?:\$\(|<\(|`)\s*(?:curl|wget)\s/.exec(text)?.[1]
}

/** Whether an interpreter takes its program from its input: not where it is given one (`sh -c`, `python3 -c`, a script). */
function readsProgram([program = '', ...options]: readonly string[]): boolean {
  if (/^(?:a|ba|da|z)?sh$/.test(program)) {
    const [first] = options.filter((option) => !/^-[a-bd-z-]*$/.test(option) && option !== 'pipefail' && !/^\d?[<>]/.test(option))
    return options.includes('-s') || options.includes('--') || first === undefined
  }
  return /^(?:python[\d.]*|perl|ruby|node|php)$/.test(program) && options.every((option) => option === '-' || /^\d?[<>]/.test(option))
}
