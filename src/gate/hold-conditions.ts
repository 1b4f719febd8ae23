/** The policy's conditions, held against an image where it is known where it runs: `deny` over the image and what was found in it, `blockWhen` over its vulnerabilities. */
import { severityOf } from './decide.ts'
import { applyBlockWhen, applyDenials, type ImageFacts } from './denials.ts'
import type { ImageJudgement } from './judge-image.ts'
import type { ImageRequest } from './request.ts'
import type { Exposure } from './risk/exposure.ts'
import { riskOf } from './risk/risk.ts'

/** `placeOf`: the worst place where it runs, or that nothing of the tree runs it; undefined where there is no tree. */
export function holdConditions(
  judged: ImageJudgement,
  placeOf: () => Exposure | 'nowhere' | undefined,
  { policy, checks }: Pick<ImageRequest, 'policy' | 'checks'>,
): ImageJudgement {
  const { opened, digest, signature, signatureMessage, problems, isScanned = false } = judged
  if (opened === undefined || (policy.denials.length === 0 && policy.blockWhen === undefined)) return judged
  const exposure = placeOf()
  const vulnerabilities = problems.filter(({ check }) => check === 'vulnerability')
  const others = problems.filter(({ check }) => check !== 'vulnerability')
  const facts: ImageFacts = {
    reference: opened,
    ...(digest === undefined ? {} : { digest }),
    signature,
    ...(signatureMessage === undefined ? {} : { signatureMessage }),
    // What is answered by VEX is nothing that a policy would deny.
    ...(isScanned ? { vulnerabilities: vulnerabilities.filter(({ vex }) => vex === undefined) } : {}),
    others: others.filter((problem) => severityOf(problem, policy) !== 'off'),
    ...(exposure === undefined ? {} : { exposure }),
    riskOf: (problem) => {
      const severity = severityOf(problem, policy)
      return riskOf(problem, exposure === 'nowhere' ? undefined : exposure, policy, severity === 'off' ? problem.severity : severity)
    },
  }
  const denied = applyDenials(policy.denials, facts, checks)
  const blocking = policy.blockWhen ? applyBlockWhen(policy.blockWhen, vulnerabilities, facts) : { problems: vulnerabilities, gaps: [] }
  return {
    ...judged,
    problems: [...blocking.problems, ...others, ...denied.problems],
    gaps: [...judged.gaps, ...denied.gaps, ...blocking.gaps],
  }
}
