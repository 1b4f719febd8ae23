/** Holds an image's contents and configuration against the rules, CIS Docker Benchmark section 4 among them: https://www.cisecurity.org/benchmark/docker */
import type { Problem, RuleText, Severity } from '../../findings.ts'
import { severities } from '../../findings.ts'
import type { Image } from '../../oci/image.ts'
import type { ContentCheck } from '../content-check.ts'
import { examineImage, maxNotable } from './examined-image.ts'
import { longestWritten } from './history.ts'
import type { ExaminedImage, ImageRule, ImageViolation } from './rule.ts'
import { imageRules } from './rules.ts'

/** Further violations of one rule are counted in its last. */
const maxViolations = 20

export const imageConfigCheck: ContentCheck = {
  name: 'image-config',
  rules: imageRules.map(textOf),
  check(input) {
    const subject = examineImage(input)
    const problems: Problem[] = []
    const gaps: string[] = []
    for (const rule of imageRules) {
      try {
        problems.push(...problemsOf(rule, subject))
      } catch (error) {
        gaps.push(`rule ${rule.id} failed: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
    if (subject.isCut())
      gaps.push(`more than ${maxNotable} files are setuid, writable by everybody or left by package managers: the rest was not judged`)
    return { problems, gaps }
  },
}

function textOf({ id, severity, title, why, fix, references }: ImageRule): RuleText {
  return { id, severity, title, why, fix, references }
}

function problemsOf(rule: ImageRule, subject: ExaminedImage): readonly Problem[] {
  const violations = [...rule.check(subject)]
  const told = violations.slice(0, maxViolations)
  const rest = violations.slice(maxViolations)
  return [...told, ...(rest.length > 0 ? [summaryOf(rest, rule.severity)] : [])].map((violation) => ({
    rule: rule.id,
    check: 'image-config',
    severity: violation.severity ?? rule.severity,
    title: rule.title,
    message: violation.message,
    references: rule.references,
    ...(violation.content && { content: withInstruction(violation.content, subject.image) }),
    anchor: violation.anchor ?? '',
  }))
}

function summaryOf(rest: readonly ImageViolation[], usual: Severity): ImageViolation {
  const found = new Set(rest.map(({ severity }) => severity ?? usual))
  const worst = severities.find((severity) => found.has(severity)) ?? usual
  return { message: `${rest.length} more of the kind`, severity: worst, anchor: 'more' }
}

/** A layer is known by the instruction that made it: that is where a reader mends it. */
function withInstruction(content: NonNullable<Problem['content']>, { layers }: Image): NonNullable<Problem['content']> {
  if (content.instruction !== undefined || content.layer === undefined) return content
  const instruction = layers.find(({ descriptor }) => descriptor.digest === content.layer)?.createdBy
  return instruction === undefined ? content : { ...content, instruction: instruction.slice(0, longestWritten) }
}
