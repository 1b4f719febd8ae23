/** A user that nothing in the image knows: https://github.com/opencontainers/image-spec/blob/main/config.md#properties */
import { quote } from '../../../findings.ts'
import { configuredUser } from '../configured-user.ts'
import type { ImageRule } from '../rule.ts'

export const unknownUser: ImageRule = {
  id: 'image/unknown-user',
  severity: 'medium',
  title: 'Configured user does not exist in the image',
  why: "The runtime looks a user's name up in the image's etc/passwd. A name that is not there keeps the container from starting, and whoever is called at night mends it with root.",
  fix: 'Create the user in the final stage of the Dockerfile (a stage takes no accounts from another), or set `USER` to a number, which needs no entry.',
  references: ['https://docs.docker.com/reference/dockerfile/#user'],
  concerns: 'container',
  *check({ image, accounts, evidence }) {
    const user = configuredUser(image.config)
    if (user === undefined || image.platform.os === 'windows' || /^\d+$/.test(user)) return
    const content = { field: 'User' }
    const hasFile = evidence.files === undefined || evidence.files.find('etc/passwd') !== undefined
    if (!hasFile && user !== 'root') yield { content, message: `user ${quote(user)} has no number: the image has no etc/passwd` }
    else if (accounts.isKnown && !accounts.all.some(({ name }) => name === user))
      yield { content, message: `user ${quote(user)} is not in etc/passwd` }
  },
}
