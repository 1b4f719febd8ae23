/** The manifests of one tree: our own rules, and the team's own policies. Loaded only where manifests are checked. */
import type { Gap, Report } from '../findings.ts'
import { hasUserPolicies } from '../manifests/has-user-policies.ts'
import { judgeTree } from '../manifests/judge.ts'
import type { ManifestSettings } from '../manifests/rule.ts'
import { kindsWithoutSchema } from '../manifests/shape/unshaped.ts'
import { treeFacts } from '../manifests/tree-facts.ts'
import type { Repository } from '../repo/repository.ts'
import type { Shared } from './judge.ts'
import type { PlacedProblem } from './place.ts'
import type { GateRequest } from './request.ts'

export interface ManifestJudgement {
  readonly problems: readonly PlacedProblem[]
  readonly gaps: readonly Gap[]
  readonly kindsWithoutSchema: readonly string[]
  readonly reachability?: NonNullable<Report['reachability']>
}

/** What the policy says to the rules, the same for all trees of the run; what references named stands nowhere in it. */
export function settingsOf({ policy, now }: Pick<GateRequest, 'now' | 'policy'>): ManifestSettings {
  const { trusted } = policy.registries
  return {
    today: now.toISOString().slice(0, 10),
    enabledRules: [...policy.rules].filter(([, severity]) => severity !== 'off').map(([rule]) => rule),
    podSecurity: policy.podSecurity,
    ...(policy.kubernetesMinor === undefined ? {} : { kubernetesMinor: policy.kubernetesMinor }),
    ...(trusted === undefined ? {} : { trustedRegistries: trusted }),
  }
}

/** `digests` are those of the images that were resolved, by their references. */
export async function judgeManifestsOf(
  repository: Repository,
  digests: ReadonlyMap<string, string>,
  request: GateRequest,
  { readTree, factsOf, rules }: Pick<Shared, 'factsOf' | 'readTree' | 'rules'>,
): Promise<ManifestJudgement> {
  const { policy, base: baseTree, reading } = request
  const base = baseTree && (await readTree(baseTree))
  const settings = { ...settingsOf(request), digests }
  const facts = new Map(await Promise.all([repository, ...(base ? [base] : [])].map(async (each) => [each, await factsOf(each)] as const)))
  const own = judgeTree(repository, settings, base, (each) => facts.get(each) ?? treeFacts(each), await rules)
  const { userPolicies: documents, regoPolicies: rego, objectDenials: conditions, podTemplates } = policy
  const run = reading.render?.run
  const theirs = hasUserPolicies(base ?? repository, documents, [...rego, ...conditions])
    ? await (await import('../manifests/user-policies/judge.ts')).judgeByUserPolicies(repository, base, {
        documents,
        rego,
        conditions,
        podTemplates,
        ...(run && { run }),
      })
    : { problems: [], gaps: [] }
  const problems = [...own.problems, ...theirs.problems].map((problem) => ({
    problem,
    subject: problem.subject,
    identity: problem.subject,
    locations: problem.locations,
  }))
  const { reachability } = own
  const hasChanged = reachability !== undefined && reachability.added.length + reachability.removed.length > 0
  return {
    problems,
    gaps: [...own.gaps, ...theirs.gaps],
    kindsWithoutSchema: kindsWithoutSchema(repository),
    ...(hasChanged && { reachability: within(reachability) }),
  }
}

/** More paths than this say no more than their number: the report stays readable. */
const pathsLimit = 1000

function within({ added, removed }: NonNullable<Report['reachability']>): NonNullable<Report['reachability']> {
  return { added: added.slice(0, pathsLimit), removed: removed.slice(0, pathsLimit) }
}
