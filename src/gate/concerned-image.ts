/** What rules of images are about: the image itself, or how it is run. */
import type { ImageRule } from '../scan/image-config/rule.ts'
import { imageRules } from '../scan/image-config/rules.ts'
import type { Concerned } from './concerned-uses.ts'

const concerns: ReadonlyMap<string, ImageRule['concerns']> = new Map(imageRules.map((rule) => [rule.id, rule.concerns]))

/** Undefined for a rule that is none of the image's configuration. */
export function concernOf(id: string): ImageRule['concerns'] | undefined {
  return concerns.get(id)
}

/** Of an image that no line uses: nobody runs it who would demand anything of it. */
export const concernedAlone: Concerned = (problem) => (concernOf(problem.rule) === 'non-root' ? [] : [{ problem, locations: [] }])
