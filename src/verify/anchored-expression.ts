/** Regular expressions over identities. One that is not anchored is refused: `github.com/acme/` also stands in `evil.example/github.com/acme/`. */
import { quote, UsageError } from '../findings.ts'
import { boundedTest } from './bounded-test.ts'
import { VerificationError } from './errors.ts'

export interface AnchoredExpression {
  readonly text: string
  /** Throws RangeError where the expression takes too long. */
  readonly test: (text: string) => boolean
}

/** Certificates of real signers have at most some hundred characters. */
const maxTextLength = 2048

/**
 * Throws UsageError, its message led by `where` (`file.yaml:12`), for an expression that does not compile, or that could match a part of the
 * text only. `.*` at an end is as good as an anchor there, and says what it lets through.
 */
export function readAnchoredExpression(text: string, where: string): AnchoredExpression {
  // Go writes a flag for the whole expression so; JavaScript has it beside the expression.
  const ignoreCase = text.startsWith('(?i)')
  const body = ignoreCase ? text.slice(4) : text
  let expression: RegExp
  try {
    expression = new RegExp(body, ignoreCase ? 'iu' : 'u')
  } catch (cause) {
    throw new UsageError(`${where}: ${quote(text)} is no regular expression`, { cause })
  }
  if (!isAnchored(body)) {
    throw new UsageError(`${where}: the identity expression ${quote(text)} is not anchored, expected ^ at its start and $ at its end`)
  }
  return { text, test: boundedTest(expression) }
}

/** A pattern over the whole text, in which `*` stands for anything and `?` for one character. */
export function readWildcard(text: string): AnchoredExpression {
  const parts = text.split(/(\*+|\?)/u).map((part) => {
    if (part.startsWith('*')) return '.*'
    return part === '?' ? '.' : part.replace(/[\\^$.|?+()[\]{}/]/gu, '\\$&')
  })
  return { text, test: boundedTest(new RegExp(`^${parts.join('')}$`, 'su')) }
}

function isAnchored(body: string): boolean {
  const starts = body.startsWith('^') || body.startsWith('.*')
  const ends = /(?:^|[^\\])(?:\\\\)*\$$/.test(body) || /(?:^|[^\\])(?:\\\\)*\.\*$/.test(body)
  return starts && ends && !hasOuterAlternative(body)
}

/** True for `^a|b$`, whose anchors hold for one side each. */
function hasOuterAlternative(body: string): boolean {
  let depth = 0
  let inClass = false
  for (let at = 0; at < body.length; at++) {
    const character = body[at]
    if (character === '\\') at++
    else if (inClass) inClass = character !== ']'
    else if (character === '[') inClass = true
    else if (character === '(') depth++
    else if (character === ')') depth--
    else if (character === '|' && depth === 0) return true
  }
  return false
}

/** Throws VerificationError `too-slow` where the expression does not come to an end soon. */
export function matchesExpression({ test, text: source }: AnchoredExpression, text: string): boolean {
  if (text.length > maxTextLength) return false
  try {
    return test(text)
  } catch (cause) {
    throw new VerificationError('too-slow', `the identity expression ${quote(source)} did not come to an end on ${quote(text)}`, { cause })
  }
}
