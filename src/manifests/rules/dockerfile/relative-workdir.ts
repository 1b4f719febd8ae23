/** Where a relative WORKDIR leads: https://docs.docker.com/reference/build-checks/workdir-relative-path/ */
import { quote } from '../../../findings.ts'
import type { Dockerfile } from '../../../repo/repository.ts'
import { at } from '../../dockerfile/place.ts'
import type { Rule } from '../../rule.ts'

export const relativeWorkdir: Rule<Dockerfile> = {
  id: 'dockerfile/relative-workdir',
  severity: 'low',
  title: 'WORKDIR is relative',
  why: 'A relative path depends on the base image’s own directory, which can change with it.',
  fix: 'Write the whole path.',
  references: ['https://docs.docker.com/reference/build-checks/workdir-relative-path/'],
  *check(dockerfile) {
    for (const { instructions } of dockerfile.source.stages) {
      let isKnown = false
      for (const instruction of instructions.filter(({ name }) => name === 'WORKDIR')) {
        const path = instruction.arguments.trim().replace(/^["']/, '')
        const isAbsolute = /^(?:\/|\$|[A-Za-z]:)/.test(path)
        if (!isAbsolute && !isKnown) yield at(dockerfile, instruction, `WORKDIR ${quote(path)} depends on the base image`)
        isKnown ||= isAbsolute
      }
    }
  },
}
