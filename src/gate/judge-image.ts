/** One image judged: read once, its evidence matched with advisories, its signatures held against the policy. */
import { findVulnerabilities } from '../advisories/find.ts'
import type { ImageSubject, Package, Problem, SignatureStatus } from '../findings.ts'
import { type Image, openImages } from '../oci/image.ts'
import type { ImageSource, Reference } from '../oci/source.ts'
import { type OpenSource, openSource } from '../oci/sources.ts'
import { matchesPattern } from '../policy/patterns.ts'
import type { SignerRule } from '../policy/policy.ts'
import { readEvidence } from '../scan/read-evidence.ts'
import { signatureProblem } from '../verify/signature-problem.ts'
import { verifyImage } from '../verify/verify-image.ts'
import { applyDenials, asksForSignature, type ImageFacts } from './denials.ts'
import { messageOf } from './errors.ts'
import { mirrorsOf } from './mirrors.ts'
import type { GateRequest } from './request.ts'

/** What is known of one image on one platform; where it is used is not its business. */
export interface ImageJudgement extends Pick<ImageSubject, 'digest' | 'platform' | 'signature' | 'signatureMessage' | 'packages'> {
  /** The reference as it was first written, with its digest: what findings call it. */
  readonly subject: string
  /** Registry and repository: what stays the same when the image is rebuilt. */
  readonly identity: string
  readonly reference: string
  readonly problems: readonly Problem[]
  readonly gaps: readonly string[]
  readonly inventory: readonly Package[]
}

/** An image is judged without a tree. */
type ImageRequest = Omit<GateRequest, 'tree'>

interface Signature {
  readonly status: SignatureStatus
  readonly message?: string
  readonly problems: readonly Problem[]
  readonly gaps: readonly string[]
}

interface Contents {
  readonly packages: readonly Package[]
  /** Undefined where they are not known. */
  readonly vulnerabilities?: readonly Problem[]
  readonly gaps: readonly string[]
}

/** One judgement a platform. Never rejects for what the image, its registry or its contents do: that is a gap of the image. */
export async function judgeImage(text: string, request: ImageRequest): Promise<readonly ImageJudgement[]> {
  const { access, signal, http, policy, policyDirectory } = request
  let opened: OpenSource
  try {
    opened = await openSource(text, { http, mirrors: mirrorsOf(policy, policyDirectory), ...access, signal })
  } catch (error) {
    return [unread(text, text, messageOf(error))]
  }
  try {
    return await judgeOpened(text, opened, request)
  } finally {
    await opened.close()
  }
}

async function judgeOpened(text: string, { source, reference }: OpenSource, request: ImageRequest): Promise<readonly ImageJudgement[]> {
  const identity = `${reference.registry}/${reference.repository}`
  let images: readonly Image[]
  try {
    images = await openImages(source, reference, request.platform, request.signal)
  } catch (error) {
    const denied = applyDenials(request.policy.denials, { reference, signature: 'unchecked' }, request.checks)
    return [{ ...unread(text, identity, messageOf(error)), problems: denied.problems, gaps: [messageOf(error), ...denied.gaps] }]
  }
  const [first] = images
  if (!first) return [unread(text, identity, `no image for the platform ${request.platform}`)]
  const [signature, ...contents] = await Promise.all([
    checkSignature(source, reference, first.digest, request),
    ...images.map((image) => readContents(image, source, request)),
  ])
  return images.map((image, index) =>
    judgement(text, identity, image, signature, contents[index] ?? { packages: [], gaps: ['not read'] }, request),
  )
}

function judgement(
  text: string,
  identity: string,
  image: Image,
  signature: Signature,
  contents: Contents,
  request: ImageRequest,
): ImageJudgement {
  const facts: ImageFacts = {
    reference: image.reference,
    digest: image.digest,
    signature: signature.status,
    ...(signature.message === undefined ? {} : { signatureMessage: signature.message }),
    ...(contents.vulnerabilities === undefined ? {} : { vulnerabilities: contents.vulnerabilities }),
  }
  const denied = applyDenials(request.policy.denials, facts, request.checks)
  const { os, architecture, variant } = image.platform
  return {
    subject: text.includes('@') ? text : `${text}@${image.digest}`,
    identity,
    reference: text,
    digest: image.digest,
    platform: [os, architecture, variant].filter((part) => part !== undefined).join('/'),
    signature: signature.status,
    ...(signature.message === undefined ? {} : { signatureMessage: signature.message }),
    ...(request.checks.has('images') ? { packages: contents.packages.length } : {}),
    problems: [...(contents.vulnerabilities ?? []), ...signature.problems, ...denied.problems],
    gaps: [...contents.gaps, ...signature.gaps, ...denied.gaps],
    inventory: contents.packages,
  }
}

function unread(text: string, identity: string, gap: string): ImageJudgement {
  return { subject: text, identity, reference: text, signature: 'unchecked', problems: [], gaps: [gap], inventory: [] }
}

async function readContents(image: Image, source: ImageSource, request: ImageRequest): Promise<Contents> {
  if (!request.checks.has('images')) return { packages: [], gaps: [] }
  const { signal } = request
  try {
    const evidence = await readEvidence(image, source, { signal })
    const gaps = evidence.gaps.map(({ layer, path, line, message }) => {
      const place = path === undefined ? layer : `${path}${line === undefined ? '' : `:${line}`}`
      return place === undefined ? message : `${place}: ${message}`
    })
    const found = await findVulnerabilities(evidence, request.advisories, signal)
    return { packages: evidence.packages, vulnerabilities: found.problems, gaps: [...gaps, ...found.gaps.map(({ message }) => message)] }
  } catch (error) {
    return { packages: [], gaps: [messageOf(error)] }
  }
}

/** Looked for only when the policy asks: signers for this image, or a condition over its signature. Each rule that matches has to be satisfied. */
async function checkSignature(source: ImageSource, reference: Reference, digest: string, request: ImageRequest): Promise<Signature> {
  const { policy, signal } = request
  const name = `${reference.registry}/${reference.repository}`
  const rules = policy.signers.filter(({ images }) => images.some((pattern) => matchesPattern(pattern, name)))
  const isAsked = rules.length > 0 || policy.denials.some(asksForSignature)
  if (!isAsked || !request.checks.has('signatures')) return { status: 'unchecked', problems: [], gaps: [] }
  const demands: readonly Pick<SignerRule, 'keys'>[] = rules.length > 0 ? rules : [{ keys: [] }]
  try {
    const results = await Promise.all(demands.map((rule) => verifyImage({ source, reference, digest, trust: { keys: rule.keys } }, signal)))
    const result = results.find(({ status }) => status !== 'verified') ?? results[0]
    if (!result) return { status: 'unchecked', problems: [], gaps: [] }
    const problem = signatureProblem(result, reference)
    return { status: result.status, message: result.message, problems: problem ? [problem] : [], gaps: [] }
  } catch (error) {
    return { status: 'unchecked', problems: [], gaps: [`signatures: ${messageOf(error)}`] }
  }
}
