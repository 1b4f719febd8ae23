/** The user of the image that is built: https://docs.docker.com/build/building/best-practices/#user */

import { quote } from '../../../findings.ts'
import type { Dockerfile } from '../../../repo/repository.ts'
import { at } from '../../dockerfile/place.ts'
import { userOf } from '../../dockerfile/user.ts'
import type { Rule } from '../../rule.ts'

export const rootUser: Rule<Dockerfile> = {
  id: 'dockerfile/root-user',
  severity: 'medium',
  title: 'Image runs as root',
  why: 'A container that starts as root is root in the kernel that all containers of the node share, unless every manifest that uses the image says otherwise.',
  fix: 'Add `USER` with a user other than root to the final stage.',
  references: ['https://docs.docker.com/build/building/best-practices/#user'],
  *check(dockerfile) {
    const final = dockerfile.source.stages.at(-1)
    if (final === undefined) return
    const user = userOf(final, dockerfile.source)
    if (user === undefined) {
      const base = (final.base ?? '').slice(0, 500)
      // Images that are made to be based on say in their tag that they have a user of their own.
      if (/[:@-](?:[\w.-]*-)?(?:nonroot|rootless|unprivileged)\b/.test(base) || /-unprivileged(?::|$)/.test(base)) return
      yield at(dockerfile, final.from, 'final stage sets no user, and runs as the one of its base, mostly root')
    } else if (/^(?:root|0+)(?::|$)/.test(user.name))
      yield at(dockerfile, user.instruction, `final stage runs as ${quote(user.name)}`, 'high')
  },
}
