/** Exec form and signals: https://docs.docker.com/reference/build-checks/json-args-recommended/ */
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
  *check(dockerfile) {
    const final = dockerfile.source.stages.at(-1)
    for (const name of ['CMD', 'ENTRYPOINT']) {
      const last = final?.instructions.findLast((instruction) => instruction.name === name)
      if (last === undefined || last.exec !== undefined || /^exec\s/.test(last.arguments)) continue
      yield at(dockerfile, last, `${name} is in the shell form`)
    }
  },
}
