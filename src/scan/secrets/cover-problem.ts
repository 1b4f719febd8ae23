/** Takes the secrets of an image's configuration out of what is said of it, whoever says it. */
import type { Problem } from '../../findings.ts'
import type { Image } from '../../oci/image.ts'
import { coverConfiguration, searchConfiguration } from './configuration.ts'
import { ownEngine } from './engine.ts'

type Configured = Pick<Image, 'config' | 'layers'>

/** Of texts that quote the configuration, the history among it. */
export function instructionCover(image: Configured): (text: string) => string {
  return coverConfiguration(searchConfiguration(image, ownEngine()))
}

/** Of messages, and of the instructions that they quote. */
export function problemCover(image: Configured): (problem: Problem) => Problem {
  const cover = instructionCover(image)
  const covered = <T extends { readonly instruction?: string }>(place: T): T =>
    place.instruction === undefined ? place : { ...place, instruction: cover(place.instruction) }
  return ({ package: affected, content, ...rest }) => ({
    ...rest,
    message: cover(rest.message),
    ...(affected && { package: covered(affected) }),
    ...(content && { content: covered(content) }),
  })
}
