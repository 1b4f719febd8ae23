/** Only the last one counts: https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/ */
import type { Dockerfile } from '../../../repo/repository.ts'
import { removeInstruction } from '../../dockerfile/edits.ts'
import { at } from '../../dockerfile/place.ts'
import type { Rule } from '../../rule.ts'

export const severalCommands: Rule<Dockerfile> = {
  id: 'dockerfile/several-commands',
  severity: 'medium',
  title: 'CMD, ENTRYPOINT or HEALTHCHECK stands there twice',
  why: 'Only the last one of a stage is used: the other is not what runs, whatever a reader thinks.',
  fix: 'Remove the one that is not meant.',
  references: ['https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/'],
  *check(dockerfile, { repository }) {
    for (const { instructions } of dockerfile.source.stages) {
      for (const name of ['CMD', 'ENTRYPOINT', 'HEALTHCHECK']) {
        const own = instructions.filter((instruction) => instruction.name === name)
        for (const ignored of own.slice(0, -1)) {
          const mended = removeInstruction(repository, dockerfile, ignored)
          yield at(dockerfile, ignored, `${name} is ignored, for another one follows in its stage`, undefined, mended)
        }
      }
    }
  },
}
