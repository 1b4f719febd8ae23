/** The whole job on one screen: judge the head, judge the base, compare, decide. */
import type { Coverage, ImageSubject, Report } from '../findings.ts'
import type { ProposeBase } from './base-proposal.ts'
import { decide, fingerprintsOf } from './decide.ts'
import type { Shared } from './judge.ts'
import type { Judgement } from './judgement.ts'
import type { KeptRules } from './kept-rules.ts'
import { once } from './once.ts'
import type { Part } from './plan-part.ts'
import { shardOf } from './plan-report.ts'
import { checkNames, type GateRequest, type ImageRequest } from './request.ts'
import { demandsOf, type RespondingPolicy, respond } from './responses.ts'
import { withRisks } from './risk/image-risk.ts'
import { riskOf } from './risk/risk.ts'
import { imageNotes, malwareCoverage } from './scan-malware.ts'
import { reasonsOf, summaryOf, verdictOf } from './verdict.ts'
import { waiverNotes } from './waivers.ts'

export interface GateResult {
  readonly report: Report
  /** The lines of a judged file, for renderers; empty where they are not known. */
  lines(file: string): readonly string[]
  /** What the base has, where there is one: for telling what a change of an image fixed. */
  readonly base?: BaseResult
  /** The policy's, for reviews of pull requests. */
  readonly reviewComments?: number
  /** Where the policy has response rules, which the report was held against already: for taking what they ask for. */
  readonly responding?: RespondingPolicy
}

export interface BaseResult {
  readonly subjects: readonly ImageSubject[]
  /** With the fingerprints that the same problems have in the report. */
  readonly problems: readonly { readonly subject: string; readonly fingerprint: string }[]
}

/** Judges a tree, against its base where there is one; with `part`, one shard's part of it. */
export async function check(request: GateRequest, part?: Part): Promise<GateResult> {
  return closing(request, () => judgeAll(request, part))
}

/** Whoever looks for malware is let go, whatever came of it. */
async function closing<Result>({ malware }: ImageRequest, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } finally {
    malware?.scan.close()
  }
}

async function judgeAll(request: GateRequest, part?: Part): Promise<GateResult> {
  const asked = new Map<string, number>()
  const judgeWhole = once(async (reference: string) => {
    const { judgeImage } = await import('./judge-image.ts')
    const own = { ...request, registriesOnly: !request.images.includes(reference) }
    return judgeImage(reference, part ? countingLayers(own, reference, asked) : own)
  })
  const [{ factsOfTrees }, { judge }, { searchedFiles }, { treeReader }] = await Promise.all([
    import('./facts-of-trees.ts'),
    import('./judge.ts'),
    import('./searched-files.ts'),
    import('./tree-reader.ts'),
  ])
  const rules = rulesOf(request)
  const reader = treeReader(request)
  const shared: Shared = {
    readTree: part?.readTree ?? reader.read,
    searched: searchedFiles(request, undefined, reader.blobOf),
    ...(rules && { rules: rules.then(({ memory }) => memory) }),
    factsOf: factsOfTrees(),
    judgeImage: part ? async (reference) => part.held(reference, await judgeWhole(reference)) : judgeWhole,
    ...(part ? { part } : {}),
  }
  const propose = proposer(request, judgeWhole)
  if (propose) shared.propose = propose
  const { base: baseTree, ...own } = request
  const [judged, base] = await Promise.all([
    judge(request.tree, request, shared),
    baseTree ? judge(baseTree, { ...own, images: [] }, shared) : undefined,
  ])
  await (await rules)?.keep()
  const head = base ? await withDrift(judged, base, judgeWhole) : judged
  return {
    report: reportOf(head, base, request, part && { part, asked }),
    lines: head.lines,
    ...(base && { base: baseResultOf(base) }),
    ...ofPolicy(request),
  }
}

/** Undefined where each document is judged once, and nothing is kept. */
function rulesOf(request: GateRequest): Promise<KeptRules> | undefined {
  const { answers, base, checks } = request
  if (!checks.has('manifests') || !(answers || base)) return undefined
  return (async () =>
    (await import('./kept-rules.ts')).openKeptRules(answers, (await import('./judge-manifests.ts')).settingsOf(request)))()
}

function ofPolicy({ policy }: ImageRequest): Pick<GateResult, 'responding' | 'reviewComments'> {
  const { reviewComments, responses, enforcement } = policy
  return {
    ...(reviewComments === undefined ? {} : { reviewComments }),
    ...(demandsOf(policy) && responses && { responding: { responses, enforcement } }),
  }
}

function baseResultOf({ subjects, problems }: Judgement): BaseResult {
  const fingerprints = fingerprintsOf(problems)
  return { subjects, problems: problems.map(({ subject }, index) => ({ subject, fingerprint: fingerprints[index] ?? '' })) }
}

/** What the images of the head have against those that the base has in their places. */
async function withDrift(head: Judgement, base: Judgement, judgeImage: Shared['judgeImage']): Promise<Judgement> {
  if (head.images.every(({ profile }) => profile === undefined)) return head
  const { driftAgainstBase } = await import('./drift-against-base.ts')
  const drift = await driftAgainstBase({ ...head, baseUses: base.imageUses, judgeImage })
  return {
    ...head,
    subjects: drift.subjects,
    problems: [...head.problems, ...drift.problems],
    notes: [...(head.notes ?? []), ...drift.notes].sort(),
  }
}

/** Judges one image alone; its inventory is in the report. */
export async function scan(reference: string, request: ImageRequest): Promise<GateResult> {
  return closing(request, () => scanOpened(reference, request))
}

async function scanOpened(reference: string, request: ImageRequest): Promise<GateResult> {
  // What was attested of the image is not attested of its base.
  const { sbom: _, ...other } = request
  const judgeOnce = once(async (base: string) => (await import('./judge-image.ts')).judgeImage(base, { ...other, registriesOnly: true }))
  const { judgeOneImage } = await import('./judge-one.ts')
  const judgement = await judgeOneImage(reference, request, proposer(request, judgeOnce))
  return { report: reportOf(judgement, undefined, request), lines: judgement.lines }
}

/** Judges the signatures of one image. Where nobody is trusted for it, it is not verified. */
export async function verify(reference: string, request: ImageRequest): Promise<GateResult> {
  return scan(reference, { ...request, demandsSignature: true })
}

/** Undefined where newer bases are not asked for; each base is asked for once. */
function proposer(request: ImageRequest, judgeOnce: Shared['judgeImage']): ProposeBase | undefined {
  if (!request.baseUpdates || !request.checks.has('images')) return undefined
  return once(async (text: string) => (await import('./base-proposal.ts')).proposeBase(text, request, judgeOnce))
}

/** Where nobody knows the base's time, it is taken to be a week old; a base of tomorrow has no time that could be believed. */
function baseTimeOf({ baseTime, now }: ImageRequest): number {
  const weekAgo = now.getTime() - 7 * 86_400_000
  return baseTime === undefined || !(baseTime <= now.getTime()) ? weekAgo : baseTime
}

/** How often layers are asked for, by image: what several shards ask for each is told apart by it when their reports are joined. */
function countingLayers(request: ImageRequest, reference: string, asked: Map<string, number>): ImageRequest {
  const { layerPass } = request
  if (!layerPass) return request
  const evidence: typeof layerPass.evidence = (...layer) => {
    asked.set(reference, (asked.get(reference) ?? 0) + 1)
    return layerPass.evidence(...layer)
  }
  return { ...request, layerPass: { ...layerPass, evidence } }
}

/** Counted when all is read, that of the base too. */
function withCounts(coverage: Coverage, { malware: asked, layerPass }: ImageRequest): Coverage {
  const malware = asked && malwareCoverage(asked)
  return { ...coverage, ...(layerPass ? { layers: layerPass.counts() } : {}), ...(malware ? { malware } : {}) }
}

interface OwnPart {
  readonly part: Part
  readonly asked: ReadonlyMap<string, number>
}

function reportOf(head: Judgement, base: Judgement | undefined, request: ImageRequest, own?: OwnPart): Report {
  const { policy, policyRevision, now } = request
  const failOn = request.failOn ?? policy.failOn
  const existing = new Set(base ? fingerprintsOf(base.problems) : [])
  const today = now.toISOString().slice(0, 10)
  const findings = decide(head.problems, {
    ...{ policy, failOn, existing, baseTime: baseTimeOf(request), today },
    riskOf: ({ problem, subject }, severity) => riskOf(problem, head.exposureOf(subject), policy, severity),
  })
  const { gaps, reachability } = head
  const coverage = withCounts(head.coverage, request)
  const subjects = withRisks(head.subjects, findings, gaps)
  // One image, some of the checks, or a gap may leave out what a waiver names.
  const isWhole = 'tree' in request && own === undefined && gaps.length === 0 && checkNames.every((name) => request.checks.has(name))
  const notes = [...request.advisoryState.notes, ...imageNotes(head, request), ...waiverNotes(policy, findings, today, isWhole)]
  const report: Report = {
    schema: 'portcullis.report/v1',
    verdict: verdictOf(findings, gaps),
    reasons: reasonsOf(findings, gaps, coverage),
    summary: summaryOf(findings, gaps),
    subjects,
    findings,
    gaps,
    coverage,
    ...(reachability && { reachability }),
    policy: { files: policy.files, ...(policyRevision === undefined ? {} : { revision: policyRevision }), failOn },
    ...(notes.length === 0 ? {} : { notes }),
    ...(own && { shard: shardOf(own.part, head, findings, request, own.asked) }),
  }
  // Rules may speak of the run as a whole: those of shards are held against the joined report.
  return own ? report : respond(report, demandsOf(policy)).report
}
