/** Bases that get no fixes any more: https://endoflife.date */
import { quote } from '../../../findings.ts'
import type { Dockerfile } from '../../../repo/repository.ts'
import { endOfLifeOf } from '../../dockerfile/end-of-life.ts'
import { at } from '../../dockerfile/place.ts'
import type { Rule } from '../../rule.ts'

export const endOfLifeBase: Rule<Dockerfile> = {
  id: 'dockerfile/end-of-life-base',
  severity: 'medium',
  title: 'Base image is past its end of life',
  why: 'What is found in a release after its end of life is not fixed there: the image only collects vulnerabilities, and a clean scan says less every week.',
  fix: 'Move to a release that is supported.',
  references: ['https://endoflife.date/'],
  *check(dockerfile, { settings }) {
    const { today } = settings
    if (today === undefined) return
    for (const { base, baseStage, from } of dockerfile.source.stages) {
      if (base === undefined || baseStage !== undefined) continue
      for (const { product, cycle, date } of endOfLifeOf(base)) {
        if (date < today) yield at(dockerfile, from, `${product} ${cycle} of ${quote(base)} is past its end of life of ${date}`)
      }
    }
  },
}
