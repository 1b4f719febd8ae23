/** Stage names are one: https://docs.docker.com/reference/build-checks/duplicate-stage-name/ */
import { quote } from '../../../findings.ts'
import type { Dockerfile } from '../../../repo/repository.ts'
import { at } from '../../dockerfile/place.ts'
import type { Rule } from '../../rule.ts'

export const duplicateStage: Rule<Dockerfile> = {
  id: 'dockerfile/duplicate-stage',
  severity: 'medium',
  title: 'Two stages have one name',
  why: 'What copies from the name gets one of the two, and a reader expects the other.',
  fix: 'Give each stage a name of its own.',
  references: ['https://docs.docker.com/reference/build-checks/duplicate-stage-name/'],
  *check(dockerfile) {
    const seen = new Set<string>()
    for (const { name, from } of dockerfile.source.stages) {
      if (name === undefined) continue
      if (seen.has(name.toLowerCase())) yield at(dockerfile, from, `stage ${quote(name)} is there already`)
      seen.add(name.toLowerCase())
    }
  },
}
