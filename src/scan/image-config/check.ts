/** Holds an image's contents and configuration against the rules, CIS Docker Benchmark section 4 among them: https://www.cisecurity.org/benchmark/docker */
import type { ImagePlace, Problem, RuleText, Severity } from '../../findings.ts'
import { severities } from '../../findings.ts'
import type { Image } from '../../oci/image.ts'
import type { ContentCheck } from '../content-check.ts'
import { instructionCover } from '../secrets/cover-problem.ts'
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
    // Instructions and variables are quoted, and some hold what nobody should read.
    const cover = instructionCover(input.image)
    const problems: Problem[] = []
    const gaps: string[] = []
    for (const rule of imageRules) {
      try {
        problems.push(...problemsOf(rule, subject, cover))
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

function problemsOf(rule: ImageRule, subject: ExaminedImage, cover: (text: string) => string): readonly Problem[] {
  const violations = [...rule.check(subject)]
  const told = violations.slice(0, maxViolations)
  const rest = violations.slice(maxViolations)
  return [...told, ...(rest.length > 0 ? [summaryOf(rest, rule.severity)] : [])].map((violation) => ({
    rule: rule.id,
    check: 'image-config',
    severity: violation.severity ?? rule.severity,
    title: rule.title,
    message: cover(violation.message),
    references: rule.references,
    ...(violation.content && { content: withInstruction(violation.content, subject.image, cover) }),
    anchor: violation.anchor ?? '',
  }))
}

function summaryOf(rest: readonly ImageViolation[], usual: Severity): ImageViolation {
  const found = new Set(rest.map(({ severity }) => severity ?? usual))
  const worst = severities.find((severity) => found.has(severity)) ?? usual
  return { message: `${rest.length} more of the kind`, severity: worst, anchor: 'more' }
}

/** A layer is known by the instruction that made it: that is where a reader mends it. */
function withInstruction(content: ImagePlace, { layers }: Image, cover: (text: string) => string): ImagePlace {
  const { layer } = content
  const made = layer === undefined ? undefined : layers.find(({ descriptor }) => descriptor.digest === layer)?.createdBy
  const instruction = content.instruction ?? made?.slice(0, longestWritten)
  return instruction === undefined ? content : { ...content, instruction: cover(instruction) }
}
