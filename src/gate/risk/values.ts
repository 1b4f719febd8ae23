/** Risk and place as the names of conditions: see `policy/vocabulary.ts`. */
import type { Risk } from '../../findings.ts'
import type { Value } from '../../policy/condition.ts'
import type { Exposure } from './exposure.ts'
import { privilegeWeights } from './points.ts'

type Values = readonly (readonly [name: string, value: Value])[]

/** What nothing of the tree runs is not reached through it. */
export function placeValues(exposure: Exposure | 'nowhere'): Values {
  const place = exposure === 'nowhere' ? undefined : exposure
  const { entrances = [], privileges = [] } = place?.pod ?? {}
  return [
    ['is_privileged', privileges.some(({ privilege }) => privilegeWeights[privilege].points > privilegeWeights.root.points)],
    ['is_reachable', entrances.length > 0],
    ['namespace_importance', place?.importance ?? 'normal'],
  ]
}

export function riskValues({ risk_score, confidence }: Risk): Values {
  return [
    ['risk_score', risk_score],
    ['risk_confidence', confidence],
  ]
}
