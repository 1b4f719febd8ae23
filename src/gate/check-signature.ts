/** The signature check of one image: the policy's signers, and the admission policies that it names. */
import type { VexStatement } from '../advisories/vex/statement.ts'
import type { Problem, SignatureStatus } from '../findings.ts'
import type { ImageSource, Reference } from '../oci/source.ts'
import { matchesPattern } from '../policy/patterns.ts'
import { attestationProblems } from '../verify/attestations/demands.ts'
import { appliesTo } from '../verify/policies/image-names.ts'
import { judgeAdmission } from '../verify/policies/judge.ts'
import type { AdmissionPolicy } from '../verify/policies/requirement.ts'
import { signatureProblem } from '../verify/signature-problem.ts'
import { verifyImage } from '../verify/verify-image.ts'
import { asksForSignature } from './denials.ts'
import { messageOf } from './errors.ts'
import type { ImageRequest } from './request.ts'
import type { SignatureDemand } from './trust.ts'
import { vexOfAttestations } from './vex.ts'

export interface Signature {
  readonly status: SignatureStatus
  readonly message?: string
  readonly problems: readonly Problem[]
  readonly gaps: readonly string[]
  /** What signers whose VEX is believed say of the image. */
  readonly vex: readonly VexStatement[]
}

/** From the best to the worst: an image is as good as the worst answer to what is demanded of it. */
const worstLast: readonly SignatureStatus[] = ['verified', 'unchecked', 'unsigned', 'untrusted', 'invalid']

/** Looked for only when the policy asks: signers for this image, or a condition over its signature. Each rule that matches has to be satisfied. */
export async function checkSignature(source: ImageSource, reference: Reference, digest: string, request: ImageRequest): Promise<Signature> {
  const { policy, demands, signal } = request
  if (!request.checks.has('signatures')) return unchecked
  const name = `${reference.registry}/${reference.repository}`
  const signers = demands.signers.filter(({ images }) => images.some((pattern) => matchesPattern(pattern, name)))
  const admission = demands.admission.filter((each) => appliesTo(each, reference, digest))
  const isAsked = request.demandsSignature === true || policy.denials.some(asksForSignature)
  if (signers.length + admission.length === 0 && !isAsked) return unchecked
  const asked = signers.length + admission.length > 0 ? signers : [anybody]
  const subject = { source, reference, digest }
  const answers = await Promise.all([
    ...asked.map((demand) => verifyDemand(subject, demand, signal)),
    ...admission.map((each) => judgePolicy(each, { ...subject, ...(demands.root && { root: demands.root }) }, signal)),
  ])
  const worst = answers.toSorted((left, right) => worstLast.indexOf(left.status) - worstLast.indexOf(right.status)).at(-1) ?? unchecked
  return {
    ...worst,
    problems: answers.flatMap(({ problems }) => problems),
    gaps: answers.flatMap(({ gaps }) => gaps),
    vex: answers.flatMap(({ vex }) => vex),
  }
}

const unchecked: Signature = { status: 'unchecked', problems: [], gaps: [], vex: [] }

/** Where a condition asks for the signature and nobody is trusted: there is one by a stranger, or there is none. */
const anybody: SignatureDemand = { images: [], trust: { keys: [] }, attestations: [], believesVex: false }

interface Subject {
  readonly source: ImageSource
  readonly reference: Reference
  readonly digest: string
}

async function verifyDemand(
  subject: Subject,
  { trust, attestations, believesVex }: SignatureDemand,
  signal: AbortSignal,
): Promise<Signature> {
  const wantsAttestations = attestations.length > 0 || believesVex
  try {
    const result = await verifyImage({ ...subject, trust, attestations: wantsAttestations, stopWhenVerified: !wantsAttestations }, signal)
    const unmet = attestationProblems(result.attestations ?? [], attestations, subject.reference)
    // What is demanded to be said of the image stands for a signature where the policy asks for none.
    const isAttested = trust.threshold === 0 && unmet.length === 0
    const problem = trust.threshold === 0 ? undefined : signatureProblem(result, subject.reference)
    const { statements, gaps } = believesVex ? vexOfAttestations(result.attestations ?? []) : { statements: [], gaps: [] }
    const { status, message } = isAttested ? { status: 'verified' as const, message: 'attested as the policy demands' } : result
    return { status, message, problems: [...(problem ? [problem] : []), ...unmet], gaps, vex: statements }
  } catch (error) {
    signal.throwIfAborted()
    return { ...unchecked, gaps: [`signatures: ${messageOf(error)}`] }
  }
}

async function judgePolicy(
  policy: AdmissionPolicy,
  request: Parameters<typeof judgeAdmission>[1],
  signal: AbortSignal,
): Promise<Signature> {
  const { holds, problems, gaps } = await judgeAdmission(policy, request, signal)
  const mode = policy.mode === 'warn' ? ({ mode: 'warn' } as const) : {}
  const status = holds ? 'verified' : (statusOf(problems[0]) ?? 'unchecked')
  return {
    status,
    message: holds ? `${policy.name} holds` : (problems[0]?.message ?? gaps[0] ?? policy.name),
    problems: problems.map((problem) => ({ ...problem, ...mode })),
    gaps,
    vex: [],
  }
}

function statusOf(problem: Problem | undefined): SignatureStatus | undefined {
  switch (problem?.rule) {
    case 'signature/missing':
      return 'unsigned'
    case 'signature/untrusted':
      return 'untrusted'
    case 'signature/invalid':
      return 'invalid'
    default:
      return undefined
  }
}
