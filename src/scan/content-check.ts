/** Judges what an image holds besides its packages: evidence in, problems out. One check a family, listed in `content-checks.ts`. */
import type { Problem, RuleText } from '../findings.ts'
import type { Image } from '../oci/image.ts'
import type { Policy } from '../policy/policy.ts'
import type { ImageEvidence } from './evidence.ts'

export interface ContentInput {
  readonly image: Image
  readonly evidence: ImageEvidence
  readonly policy: Policy
  readonly now: Date
}

export interface ContentFindings {
  readonly problems: readonly Problem[]
  /** What could not be judged, a clause each. */
  readonly gaps: readonly string[]
}

export interface ContentCheck {
  readonly name: string
  /** What its problems name. */
  readonly rules: readonly RuleText[]
  check(input: ContentInput): ContentFindings
}
