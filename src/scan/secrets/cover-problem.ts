/** Takes the secrets of an image's configuration out of what is said of it, whoever says it. */
import type { Problem } from '../../findings.ts'
import type { Image } from '../../oci/image.ts'
import { secretsOfConfiguration } from './configuration.ts'
import { coverOf } from './cover.ts'
import { ownEngine } from './engine.ts'

/** Of messages, and of the instructions that they quote. */
export function problemCover(image: Pick<Image, 'config' | 'layers'>): (problem: Problem) => Problem {
  const secrets = secretsOfConfiguration(image, ownEngine()).map(({ secret }) => secret)
  if (secrets.length === 0) return (problem) => problem
  const cover = coverOf(secrets)
  const covered = <T extends { readonly instruction?: string }>(place: T): T =>
    place.instruction === undefined ? place : { ...place, instruction: cover(place.instruction) }
  return ({ package: affected, content, ...rest }) => ({
    ...rest,
    message: cover(rest.message),
    ...(affected && { package: covered(affected) }),
    ...(content && { content: covered(content) }),
  })
}
