/** COPY --from of what is not there. */
import { quote } from '../../../findings.ts'
import type { Dockerfile } from '../../../repo/repository.ts'
import { at } from '../../dockerfile/place.ts'
import type { Rule } from '../../rule.ts'

export const unknownStage: Rule<Dockerfile> = {
  id: 'dockerfile/unknown-stage',
  severity: 'medium',
  title: 'COPY --from names a later stage or itself',
  why: 'A stage can copy only from stages above it: such a name is taken for an image of a registry, of whoever has that name there.',
  fix: 'Name a stage that stands above, or an image with its digest.',
  references: ['https://docs.docker.com/reference/dockerfile/#copy---from'],
  *check(dockerfile) {
    const { stages } = dockerfile.source
    for (const { index, name, instructions } of stages) {
      const later = new Set([name, ...stages.slice(index + 1).map((stage) => stage.name)].filter((one) => one !== undefined))
      const earlier = new Set(stages.slice(0, index).map((stage) => stage.name))
      for (const instruction of instructions) {
        const from = instruction.flags.get('from')
        if (instruction.name !== 'COPY' || from === undefined) continue
        const isNumber = /^\d+$/.test(from)
        if (isNumber ? Number(from) >= index : later.has(from.toLowerCase()) && !earlier.has(from.toLowerCase())) {
          yield at(dockerfile, instruction, `COPY --from=${quote(from)} names no stage above it`)
        }
      }
    }
  },
}
