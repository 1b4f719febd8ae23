/** One secret is one finding: where a rule of manifests and the search for secrets point at the same line, the one that knows the kind is kept. */
import type { Location, Problem, Severity } from '../findings.ts'
import { severities } from '../findings.ts'
import type { Tree } from '../repo/tree.ts'
import type { Shared } from './judge.ts'
import type { SecretJudgement } from './judge-secrets.ts'
import { literalSecretRules } from './literal-secret-rules.ts'
import type { PlacedProblem } from './place.ts'
import type { GateRequest } from './request.ts'

const none: SecretJudgement = { problems: [], gaps: [], notes: [], lines: () => [], cover: (text) => text }

/** Of the tree's own files; the first shard's work, as that of manifests is. */
export async function secretsOf(
  tree: Tree,
  isFirst: boolean,
  request: GateRequest,
  shared: Pick<Shared, 'searched'>,
): Promise<SecretJudgement> {
  if (!isFirst || !request.checks.has('manifests')) return none
  const [{ judgeSecretsOf }, searched] = await Promise.all([import('./judge-secrets.ts'), searchedOrNone(tree, shared)])
  return judgeSecretsOf(tree, searched, request.now)
}

/** A tree that cannot be listed is a gap of its reading already. */
async function searchedOrNone(tree: Tree, { searched }: Pick<Shared, 'searched'>): ReturnType<Shared['searched']> {
  return searched(tree).catch(() => ({ files: [], leftOut: [], isChange: false }))
}

/** The problems of both, and no secret in what any of them says. */
export function joinSecrets(problems: readonly PlacedProblem[], secrets: SecretJudgement): readonly PlacedProblem[] {
  if (secrets.problems.length === 0) return problems
  const aliases = new Map<PlacedProblem, PlacedProblem[]>()
  const others = problems.filter((placed) => {
    if (!literalSecretRules.has(placed.problem.rule)) return true
    const same = secrets.problems.filter(({ locations }) => locations.some((one) => placed.locations.some((other) => touches(one, other))))
    for (const secret of same) aliases.set(secret, [...(aliases.get(secret) ?? []), placed])
    return same.length === 0
  })
  const named = secrets.problems.map((secret) => withAliases(secret, aliases.get(secret) ?? []))
  return [...others.map((placed) => covered(placed, secrets)), ...named]
}

function touches(left: Location, right: Location): boolean {
  return left.file === right.file && left.startLine <= right.endLine && right.startLine <= left.endLine
}

/** What the other rule says of it counts as well: neither makes the other less. */
function withAliases(secret: PlacedProblem, same: readonly PlacedProblem[]): PlacedProblem {
  if (same.length === 0) return secret
  const names = new Set(same.map(({ problem: { rule } }) => rule))
  const worst = [secret, ...same].map(({ problem }) => problem.severity).reduce(worseOf)
  const excuse = same.every(({ problem }) => problem.excuse) ? same[0]?.problem.excuse : undefined
  return { ...secret, problem: { ...secret.problem, severity: worst, aliases: [...names].sort(), ...(excuse && { excuse }) } }
}

function worseOf(left: Severity, right: Severity): Severity {
  return severities.indexOf(left) <= severities.indexOf(right) ? left : right
}

/** A suggestion that has the secret in it would be shown, and could not be applied without it. */
function covered(placed: PlacedProblem, { cover }: SecretJudgement): PlacedProblem {
  const { suggestion, ...rest } = placed.problem
  const keeps = suggestion && cover(suggestion.replacement) === suggestion.replacement
  const problem: Problem = { ...rest, title: cover(rest.title), message: cover(rest.message), ...(keeps ? { suggestion } : {}) }
  return { ...placed, problem }
}
