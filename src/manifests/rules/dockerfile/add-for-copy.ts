/** ADD does more than COPY: https://docs.docker.com/build/building/best-practices/#add-or-copy */
import { quote } from '../../../findings.ts'
import type { Dockerfile } from '../../../repo/repository.ts'
import { at } from '../../dockerfile/place.ts'
import type { Rule } from '../../rule.ts'

export const addForCopy: Rule<Dockerfile> = {
  id: 'dockerfile/add-for-copy',
  severity: 'low',
  title: 'ADD where COPY would do',
  why: '`ADD` unpacks archives and fetches addresses: what is in the build context decides what happens. `COPY` copies.',
  fix: 'Write `COPY` in place of `ADD`.',
  references: ['https://docs.docker.com/build/building/best-practices/#add-or-copy'],
  *check(dockerfile, { repository }) {
    for (const instruction of dockerfile.source.instructions) {
      if (instruction.name !== 'ADD') continue
      const words = instruction.exec ?? instruction.arguments.split(/\s+/)
      const sources = words.slice(0, -1)
      const isPlain =
        sources.length > 0 &&
        sources.every((source) => !/^(?:[a-z+]+:\/\/|git@)|\.(?:tar|tgz|tbz2?|txz|gz|bz2|xz|zst)\b|[*?$[]/i.test(source))
      if (!isPlain || instruction.hereDocuments.length > 0) continue
      const { startLine } = instruction
      const line = repository.lines(dockerfile.file)[startLine - 1]
      const replacement = line?.replace(/^(\s*)ADD\b/i, '$1COPY')
      // COPY has other flags: what ADD was told besides would be an error there.
      const isCopy = ['checksum', 'keep-git-dir', 'unpack'].every((flag) => !instruction.flags.has(flag))
      const isCertain = isCopy && replacement !== undefined && replacement !== line
      const suggestion = isCertain ? { startLine, endLine: startLine, replacement } : undefined
      yield at(dockerfile, instruction, `ADD copies ${quote(sources.join(' '))}, which COPY does without surprises`, undefined, suggestion)
    }
  },
}
