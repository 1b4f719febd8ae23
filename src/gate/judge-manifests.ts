/** The manifests of one tree: our own rules, and the team's own policies. Loaded only where manifests are checked. */
import type { Gap } from '../findings.ts'
import { hasUserPolicies } from '../manifests/has-user-policies.ts'
import { judgeTree } from '../manifests/judge.ts'
import { kindsWithoutSchema } from '../manifests/shape/unshaped.ts'
import { readRepository } from '../repo/read.ts'
import type { Repository } from '../repo/repository.ts'
import type { PlacedProblem } from './place.ts'
import type { GateRequest } from './request.ts'

export interface ManifestJudgement {
  readonly problems: readonly PlacedProblem[]
  readonly gaps: readonly Gap[]
  readonly kindsWithoutSchema: readonly string[]
}

/** `digests` are those of the images that were resolved, by their references. */
export async function judgeManifestsOf(
  repository: Repository,
  digests: ReadonlyMap<string, string>,
  { policy, now, base: baseTree }: GateRequest,
): Promise<ManifestJudgement> {
  const { trusted } = policy.registries
  const base = baseTree && (await readRepository(baseTree))
  const settings = {
    digests,
    today: now.toISOString().slice(0, 10),
    enabledRules: [...policy.rules].filter(([, severity]) => severity !== 'off').map(([rule]) => rule),
    podSecurity: policy.podSecurity,
    ...(policy.kubernetesMinor === undefined ? {} : { kubernetesMinor: policy.kubernetesMinor }),
    ...(trusted === undefined ? {} : { trustedRegistries: trusted }),
  }
  const own = judgeTree(repository, settings, base)
  const theirs = hasUserPolicies(base ?? repository, policy.userPolicies)
    ? (await import('../manifests/user-policies/judge.ts')).judgeByUserPolicies(repository, base, policy.userPolicies)
    : { problems: [], gaps: [] }
  const problems = [...own.problems, ...theirs.problems].map((problem) => ({
    problem,
    subject: problem.subject,
    identity: problem.subject,
    locations: problem.locations,
  }))
  return { problems, gaps: [...own.gaps, ...theirs.gaps], kindsWithoutSchema: kindsWithoutSchema(repository) }
}
