/** The manifests of one tree: our own rules, and the team's own policies. Loaded only where manifests are checked. */
import type { Gap, Report } from '../findings.ts'
import { hasUserPolicies } from '../manifests/has-user-policies.ts'
import { judgeTree } from '../manifests/judge.ts'
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

/** `digests` are those of the images that were resolved, by their references. */
export async function judgeManifestsOf(
  repository: Repository,
  digests: ReadonlyMap<string, string>,
  { policy, now, base: baseTree, reading }: GateRequest,
  { readTree, factsOf, rules }: Pick<Shared, 'factsOf' | 'readTree' | 'rules'>,
): Promise<ManifestJudgement> {
  const { trusted } = policy.registries
  const base = baseTree && (await readTree(baseTree))
  const settings = {
    digests,
    today: now.toISOString().slice(0, 10),
    enabledRules: [...policy.rules].filter(([, severity]) => severity !== 'off').map(([rule]) => rule),
    podSecurity: policy.podSecurity,
    ...(policy.kubernetesMinor === undefined ? {} : { kubernetesMinor: policy.kubernetesMinor }),
    ...(trusted === undefined ? {} : { trustedRegistries: trusted }),
  }
  const facts = new Map(await Promise.all([repository, ...(base ? [base] : [])].map(async (each) => [each, await factsOf(each)] as const)))
  const own = judgeTree(repository, settings, base, (each) => facts.get(each) ?? treeFacts(each), rules)
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
