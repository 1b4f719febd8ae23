/** The risk of a finding: a pure function of what it is and of where it runs. `docs/risk.md` has the points. */
import type { Problem, Risk, Severity } from '../../findings.ts'
import type { Policy } from '../../policy/policy.ts'
import { recommendedActions } from './actions.ts'
import type { Exposure } from './exposure.ts'
import { placeParts, pointsOf, problemParts, sum } from './parts.ts'

/** `severity` where the policy gives the finding another than its own. */
export function riskOf(
  problem: Problem,
  exposure: Exposure | undefined,
  { unrated }: Pick<Policy, 'unrated'>,
  severity: Severity = problem.severity,
): Risk {
  const { check, score, epss, knownExploited, package: affected } = problem
  const isOverridden = severity !== problem.severity
  const counted = severity === 'unknown' ? (knownExploited ? unrated.knownExploited : unrated.otherwise) : severity
  const all = sum([
    problemParts({
      check,
      severity,
      // A policy's own word for the severity takes the place of the score as well.
      ...(score === undefined || isOverridden ? {} : { score }),
      countsAs: counted === 'unknown' ? 'medium' : counted,
      ...(epss === undefined ? {} : { epss }),
      ...(knownExploited === undefined ? {} : { knownExploited }),
      ...(affected?.fixed === undefined ? {} : { fixed: affected.fixed }),
    }),
    placeParts(exposure),
  ])
  return {
    risk_score: pointsOf(all),
    confidence: Math.round(all.knownPoints) / 100,
    parts: all.parts,
    recommended_actions: recommendedActions(problem, exposure),
  }
}

/** Of several places the worst; of equal ones the first by name. */
export function worstOf(exposures: readonly Exposure[]): Exposure | undefined {
  return exposures
    .map((exposure) => ({ exposure, points: pointsOf(placeParts(exposure)) }))
    .sort((left, right) => right.points - left.points || (left.exposure.subject < right.exposure.subject ? -1 : 1))[0]?.exposure
}
