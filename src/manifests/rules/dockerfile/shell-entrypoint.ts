/** Exec form and signals: https://docs.docker.com/reference/build-checks/json-args-recommended/ */
import type { Suggestion } from '../../../findings.ts'
import type { Instruction, Stage } from '../../../formats/dockerfile.ts'
import type { Dockerfile } from '../../../repo/repository.ts'
import { at } from '../../dockerfile/place.ts'
import type { Rule } from '../../rule.ts'

export const shellEntrypoint: Rule<Dockerfile> = {
  id: 'dockerfile/shell-entrypoint',
  severity: 'low',
  title: 'Entry point runs below a shell',
  why: 'In the shell form the program is a child of `/bin/sh -c`, which hands no signals on: the container is killed in place of stopping, and needs a shell in its image.',
  fix: 'Write the exec form: `ENTRYPOINT ["/app", "--flag"]`.',
  references: ['https://docs.docker.com/reference/build-checks/json-args-recommended/'],
  *check(dockerfile, { repository }) {
    const final = dockerfile.source.stages.at(-1)
    for (const name of ['CMD', 'ENTRYPOINT']) {
      const last = final?.instructions.findLast((instruction) => instruction.name === name)
      if (last === undefined || last.exec !== undefined || /^exec\s/.test(last.arguments)) continue
      yield at(
        dockerfile,
        last,
        `${name} is in the shell form`,
        undefined,
        final && execForm(repository.lines(dockerfile.file), last, final),
      )
    }
  },
}

/**
 * The same words as a list. Certain for an ENTRYPOINT of plain words without a CMD, which it would begin to take for arguments; what a CMD is given to
 * is in the base image.
 */
function execForm(
  lines: readonly string[],
  { name, arguments: text, startLine, endLine }: Instruction,
  stage: Stage,
): Suggestion | undefined {
  const words = text.trim().split(/\s+/)
  const line = lines[startLine - 1]
  const isPlain =
    words.every((word) => /^[\w./:@%+,-][\w./:@%+,=-]*$/.test(word)) && !/=|^\.$/.test(words[0] ?? '=') && !builtins.has(words[0] ?? '')
  if (name !== 'ENTRYPOINT' || startLine !== endLine || line === undefined || !isPlain) return undefined
  if (stage.instructions.some((other) => other.name === 'CMD' || other.name === 'SHELL')) return undefined
  const replacement = `${/^\s*\S+\s+/.exec(line)?.[0] ?? 'ENTRYPOINT '}[${words.map((word) => `"${word}"`).join(', ')}]`
  return { startLine, endLine, replacement }
}

/** What only a shell knows. POSIX.1-2017, Shell Command Language 2.4 and 2.14 */
const builtins: ReadonlySet<string> = new Set(
  'alias break case cd command continue eval exec exit export for if read readonly return set shift source times trap type ulimit umask unset until wait while'.split(
    ' ',
  ),
)
