/** The policy's deny conditions, held against one image and its vulnerabilities. */
import type { Problem, Risk, SignatureStatus } from '../findings.ts'
import { quote } from '../findings.ts'
import type { Reference } from '../oci/source.ts'
import { evaluateCondition, type Value } from '../policy/condition.ts'
import type { Denial } from '../policy/policy.ts'
import { policyNames } from '../policy/vocabulary.ts'
import type { CheckName } from './request.ts'
import type { Exposure } from './risk/exposure.ts'
import { placeValues, riskValues } from './risk/values.ts'

/** What is known of an image when the conditions are held against it. */
export interface ImageFacts {
  readonly reference: Reference
  readonly digest?: string
  readonly signature: SignatureStatus
  readonly signatureMessage?: string
  /** Undefined where the image could not be scanned: conditions over vulnerabilities cannot be decided then. */
  readonly vulnerabilities?: readonly Problem[]
  /** What else was found in it. */
  readonly others?: readonly Problem[]
  /** The worst place where it runs, or that nothing of the tree runs it. Undefined: there is no tree. */
  readonly exposure?: Exposure | 'nowhere'
  /** Undefined: the risk of no finding is known. */
  readonly riskOf?: (problem: Problem) => Risk
}

export interface DenialResult {
  readonly problems: readonly Problem[]
  /** Conditions that could not be decided, as messages. */
  readonly gaps: readonly string[]
}

const ofEach = (kind: 'finding' | 'vulnerability'): ReadonlySet<string> =>
  new Set(policyNames.filter(({ of }) => of === kind).map(({ name }) => name))
const vulnerabilityNames = ofEach('vulnerability')
const findingNames = ofEach('finding')

const uses = ({ condition }: Denial, names: ReadonlySet<string>): boolean => !condition.names.isDisjointFrom(names)

/** Whether a condition asks for signatures; the gate looks for them only when someone asks. */
export function asksForSignature(denial: Denial): boolean {
  return denial.condition.names.has('image_signature')
}

/** One problem a policy that the image violates, with each vulnerability that does so. A condition that needs a check which was not asked for is left out. */
export function applyDenials(denials: readonly Denial[], facts: ImageFacts, checks: ReadonlySet<CheckName>): DenialResult {
  const problems: Problem[] = []
  const gaps: string[] = []
  const values = imageValues(facts)
  for (const denial of denials) {
    const isOverEach = uses(denial, vulnerabilityNames) || uses(denial, findingNames)
    if (isOverEach && !checks.has('images')) continue
    if (asksForSignature(denial) && !checks.has('signatures')) continue
    const outcome = isOverEach ? overEach(denial, values, facts) : overImage(denial, values, facts)
    if (outcome.problem) problems.push(outcome.problem)
    if (outcome.gap !== undefined) gaps.push(outcome.gap)
  }
  return { problems, gaps }
}

export interface BlockingResult {
  /** The vulnerabilities, each with whether it blocks. */
  readonly problems: readonly Problem[]
  readonly gaps: readonly string[]
}

/** The policy's `blockWhen` over each vulnerability. One that cannot be decided does not block, and is a gap. */
export function applyBlockWhen(rule: Denial, vulnerabilities: readonly Problem[], facts: ImageFacts): BlockingResult {
  const image = imageValues(facts)
  const decided = vulnerabilities.map((problem) => ({
    problem,
    blocks: evaluateCondition(rule.condition, new Map([...image, ...vulnerabilityValues(problem), ...findingValues(rule, problem, facts)])),
  }))
  const unknown = decided.filter(({ blocks }) => blocks === undefined).map(({ problem }) => problem)
  return {
    problems: decided.map(({ problem, blocks }) => ({ ...problem, mode: blocks ? 'block' : 'warn' })),
    gaps:
      unknown.length === 0
        ? []
        : [
            `blockWhen cannot be decided (${rule.condition.text}): ${listed(unknown, byScore)} ${distinctCount(unknown) === 1 ? 'lacks' : 'lack'} a value that it needs`,
          ],
  }
}

interface Outcome {
  readonly problem?: Problem
  readonly gap?: string
}

function overImage(denial: Denial, values: ReadonlyMap<string, Value>, facts: ImageFacts): Outcome {
  const denied = evaluateCondition(denial.condition, values)
  if (denied === undefined) return { gap: undecided(denial, 'a value is not known') }
  if (!denied) return {}
  const shown = [...denial.condition.names].map((name) => `${name} is ${shownValue(values.get(name))}`)
  const detail = asksForSignature(denial) && facts.signatureMessage !== undefined ? ` (${facts.signatureMessage})` : ''
  return { problem: problemOf(denial, `${shown.join(', ')}${detail}`) }
}

function overEach(denial: Denial, values: ReadonlyMap<string, Value>, facts: ImageFacts): Outcome {
  if (facts.vulnerabilities === undefined) return { gap: undecided(denial, 'the image was not scanned') }
  const isOfVulnerabilities = uses(denial, vulnerabilityNames)
  const each = isOfVulnerabilities ? facts.vulnerabilities : [...facts.vulnerabilities, ...(facts.others ?? [])]
  const denied: Problem[] = []
  const unknown: Problem[] = []
  for (const problem of each) {
    const own = isOfVulnerabilities ? vulnerabilityValues(problem) : []
    const result = evaluateCondition(denial.condition, new Map([...values, ...own, ...findingValues(denial, problem, facts)]))
    if (result === undefined) unknown.push(problem)
    else if (result) denied.push(problem)
  }
  const worst = denied.reduce<number | undefined>(
    (score, { score: other }) => (other === undefined ? score : Math.max(score ?? 0, other)),
    undefined,
  )
  return {
    ...(denied.length === 0
      ? {}
      : {
          problem: problemOf(
            denial,
            `${listed(denied, ratingFor(denial, facts))} ${distinctCount(denied) === 1 ? 'meets' : 'meet'} it`,
            worst,
          ),
        }),
    ...(unknown.length === 0
      ? {}
      : { gap: undecided(denial, `${listed(unknown, byScore)} ${distinctCount(unknown) === 1 ? 'lacks' : 'lack'} a value that it needs`) }),
  }
}

export function imageValues({ reference, digest, signature, exposure }: ImageFacts): Map<string, Value> {
  const name = `${reference.registry}/${reference.repository}`
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`
  const values = new Map<string, Value>([
    ['image', `${name}${tag}${reference.digest === undefined ? '' : `@${reference.digest}`}`],
    ['image_pinned', reference.digest !== undefined],
    ['image_registry', reference.registry],
    ['image_repository', reference.repository],
    ['image_signature', signature],
    ['image_tag', reference.tag ?? ''],
  ])
  const known = digest ?? reference.digest
  if (known !== undefined) values.set('image_digest', known)
  if (exposure !== undefined) for (const [key, value] of placeValues(exposure)) values.set(key, value)
  return values
}

function findingValues(denial: Denial, problem: Problem, { riskOf }: ImageFacts): readonly (readonly [string, Value])[] {
  return riskOf && uses(denial, findingNames) ? riskValues(riskOf(problem)) : []
}

export function vulnerabilityValues(problem: Problem): [string, Value][] {
  const values: [string, Value][] = [
    ['vulnerability', problem.rule],
    ['fix_available', problem.package?.fixed !== undefined],
    ['package', problem.package?.name ?? ''],
  ]
  if (problem.knownExploited !== undefined) values.push(['known_exploited', problem.knownExploited])
  if (problem.epss !== undefined) values.push(['epss', problem.epss])
  if (problem.severity !== 'unknown') values.push(['severity', problem.severity])
  if (problem.score !== undefined) values.push(['vulnerability_score', problem.score])
  return values
}

function problemOf(denial: Denial, because: string, score?: number): Problem {
  return {
    rule: `policy/${denial.name}`,
    check: 'policy',
    severity: 'high',
    ...(score === undefined ? {} : { score }),
    title: `Policy ${denial.name} denies this image`,
    message: `${denial.condition.text} is denied: ${because}`,
    anchor: denial.condition.text,
  }
}

function undecided(denial: Denial, why: string): string {
  return `policy ${denial.name} cannot be decided (${denial.condition.text}): ${why}`
}

/** What a problem is told with, and stands by. */
type Rating = (problem: Problem) => { readonly rank: number; readonly words?: string }

const byScore: Rating = ({ score }) => (score === undefined ? { rank: 0 } : { rank: score, words: String(score) })

/** A condition over risk is answered with the risk. */
function ratingFor(denial: Denial, { riskOf }: ImageFacts): Rating {
  if (!riskOf || !uses(denial, findingNames)) return byScore
  return (problem) => {
    const { risk_score: rank } = riskOf(problem)
    return { rank, words: `risk ${rank}` }
  }
}

/** A vulnerability of several packages is named once, the worst first. */
function listed(problems: readonly Problem[], ratingOf: Rating): string {
  const distinct = [...new Map(problems.map((problem) => [problem.rule, problem])).values()]
    .map((problem) => ({ rule: problem.rule, rating: ratingOf(problem) }))
    .sort((left, right) => right.rating.rank - left.rating.rank)
  const named = distinct.slice(0, 5).map(({ rule, rating: { words } }) => (words === undefined ? rule : `${rule} (${words})`))
  const more = distinct.length - named.length
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function distinctCount(problems: readonly Problem[]): number {
  return new Set(problems.map(({ rule }) => rule)).size
}

function shownValue(value: Value | undefined): string {
  return typeof value === 'string' ? quote(value) : String(value)
}
