/** What a rule about an image's contents and configuration is: one file a rule, listed in `rules.ts`. */
import type { ImagePlace, RuleText, Severity } from '../../findings.ts'
import type { Image } from '../../oci/image.ts'
import type { ImageEvidence } from '../evidence.ts'
import type { ImageFile } from '../image-files.ts'
import type { Accounts } from './accounts.ts'
import type { HistoryStep } from './history.ts'

export interface ImageRule extends RuleText {
  /**
   * Whom it is said to. `image`: whoever uses the image or builds on it. `container`: whoever runs it. `long-running`: whoever runs it where it has no
   * probes. `non-root`: a workload that says runAsNonRoot and leaves the user to the image.
   */
  readonly concerns: 'image' | 'container' | 'long-running' | 'non-root'
  check(subject: ExaminedImage): Iterable<ImageViolation>
}

/** An image with what several rules look up in it. */
export interface ExaminedImage {
  readonly image: Image
  readonly evidence: ImageEvidence
  readonly now: Date
  readonly accounts: Accounts
  readonly history: readonly HistoryStep[]
  /** Files with a setuid or setgid bit, what everybody may write, and what package managers keep for later; gathered in one walk. */
  readonly notable: readonly ImageFile[]
  /** Whether a package of the operating system's package manager has one of the names. */
  hasPackage(...names: readonly string[]): boolean
}

export interface ImageViolation {
  /** One lower-case clause. */
  readonly message: string
  /** Where this case is better or worse than the rule in general. */
  readonly severity?: Severity
  /** Without the instruction, which its layer tells. */
  readonly content?: ImagePlace
  /** What tells two violations of the rule in one image apart, and stays when the image is rebuilt; absent where there can be only one. */
  readonly anchor?: string
}
