/** The policy's signers as the verifier takes them. Whatever is wrong in an expression or a condition is said with the policy's line. */
import { join } from 'node:path'
import { UsageError } from '../findings.ts'
import type { HttpClient } from '../http.ts'
import { ConditionError, parseCondition, type Vocabulary } from '../policy/condition.ts'
import type { AttestationRule, KeylessIdentity, Policy, SignerRule, TextMatch } from '../policy/policy.ts'
import { readAnchoredExpression } from '../verify/anchored-expression.ts'
import type { AttestationDemand } from '../verify/attestations/demands.ts'
import { predicateKinds } from '../verify/attestations/kinds.ts'
import { VerificationError } from '../verify/errors.ts'
import type { KeylessSigner, TextMatcher } from '../verify/keyless.ts'
import { parsePublicKey } from '../verify/keys.ts'
import type { NotationTrust } from '../verify/notation/check.ts'
import type { AdmissionPolicy } from '../verify/policies/requirement.ts'
import { type FulcioExtension, fulcioExtensions } from '../verify/sigstore/fulcio.ts'
import type { SigstoreRoot } from '../verify/sigstore/trusted-root.ts'
import type { Trust } from '../verify/verify-image.ts'

export interface SignatureDemand {
  readonly images: readonly string[]
  readonly trust: Trust
  readonly attestations: readonly AttestationDemand[]
  readonly believesVex: boolean
}

/** What the policy demands of signatures, read once a run. */
export interface SignatureDemands {
  readonly signers: readonly SignatureDemand[]
  readonly admission: readonly AdmissionPolicy[]
  readonly root?: SigstoreRoot
}

/** What reading them may ask for. */
export interface TrustWorld {
  readonly http: HttpClient
  readonly now: Date
  /** What is kept from run to run. */
  readonly cacheDirectory: string
  readonly signal: AbortSignal
}

/** The refresh is worth no longer wait. */
const refreshMilliseconds = 10_000

/** Throws UsageError with file and line. */
export async function readDemands(policy: Policy, world: TrustWorld): Promise<SignatureDemands> {
  const admission = policy.userPolicies.length > 0 ? await readAdmission(policy.userPolicies) : []
  if (policy.signers.some((signer) => signer.notation) && !policy.notation)
    throw new UsageError('signers: "notation" needs a trust policy, under the key "notation"')
  const notation = policy.notation ? await openNotation(policy.notation, world) : undefined
  const needsRoot =
    admission.length > 0 ||
    policy.signers.some(({ identities, keys }) => identities.length > 0 || keys.some(({ transparencyLog }) => transparencyLog))
  const root = needsRoot || policy.trustedRoot ? await openRoot(policy, world) : undefined
  return {
    admission,
    signers: policy.signers.map((rule) => ({
      images: rule.images,
      trust: trustOf(rule, root, notation),
      attestations: rule.attestations.map(demandOf),
      believesVex: rule.believesVex,
    })),
    ...(root === undefined ? {} : { root }),
  }
}

/** What reads other engines' policies is loaded for those who have some. */
async function readAdmission(documents: Policy['userPolicies']): Promise<readonly AdmissionPolicy[]> {
  const { readAdmissionPolicies } = await import('../verify/policies/readers.ts')
  return documents.flatMap(readAdmissionPolicies)
}

/** The policy's own, else the public instance's, refreshed where the network answers soon; the one that is built in is as good, only older. */
async function openRoot({ trustedRoot }: Policy, { http, cacheDirectory, signal }: TrustWorld): Promise<SigstoreRoot> {
  const { embeddedTrustedRoot, readTrustedRoot } = await import('../verify/sigstore/trusted-root.ts')
  if (trustedRoot) return readTrustedRoot(trustedRoot.bytes, trustedRoot.name)
  const { refreshTrustedRoot } = await import('../verify/sigstore/refresh-trusted-root.ts')
  try {
    const soon = AbortSignal.any([signal, AbortSignal.timeout(refreshMilliseconds)])
    return await refreshTrustedRoot({ http, directory: join(cacheDirectory, 'tuf') }, soon)
  } catch (error) {
    signal.throwIfAborted()
    // A repository that answers and may not be trusted is an attack, or a loss: nobody verifies against it.
    if (error instanceof VerificationError && error.code === 'malformed') throw error
    return embeddedTrustedRoot()
  }
}

async function openNotation({ trustPolicy, stores }: NonNullable<Policy['notation']>, { http, now }: TrustWorld): Promise<NotationTrust> {
  const [{ readNotationTrustPolicy }, { readTrustStore }, { askRevocation }] = await Promise.all([
    import('../verify/notation/trust-policy.ts'),
    import('../verify/notation/trust-store.ts'),
    import('../verify/notation/ask-revocation.ts'),
  ])
  return {
    policies: readNotationTrustPolicy(trustPolicy),
    stores: new Map([...stores].map(([name, files]) => [name, readTrustStore(files)] as const)),
    now,
    revocation: askRevocation(http),
  }
}

function trustOf(rule: SignerRule, root: SigstoreRoot | undefined, notation: NotationTrust | undefined): Trust {
  const { keys, identities, threshold } = rule
  // A key that is none is a wrong policy, to be said before anything is judged.
  for (const key of keys) parsePublicKey(key)
  return { keys, identities: signersOf(identities), threshold, ...(root && { root }), ...(rule.notation && notation && { notation }) }
}

/** Throws UsageError for an expression that is not anchored, and for an extension that Fulcio does not write. */
export function signersOf(identities: readonly KeylessIdentity[]): readonly KeylessSigner[] {
  return identities.map(({ issuer, subject, extensions, transparencyLog }) => ({
    name: `${textOf(subject)} of ${textOf(issuer)}`,
    issuer: matcherOf(issuer),
    subject: matcherOf(subject),
    extensions: new Map([...extensions].map(([name, match]) => [extensionOf(name), matcherOf(match)] as const)),
    ...(transparencyLog && { transparencyLog }),
  }))
}

function matcherOf(match: TextMatch): TextMatcher {
  return 'equals' in match ? match : { matches: readAnchoredExpression(match.matches, match.where) }
}

function textOf(match: TextMatch): string {
  return 'equals' in match ? match.equals : match.matches
}

function extensionOf(name: string): FulcioExtension {
  if (!(name in fulcioExtensions))
    throw new UsageError(`signers: unknown certificate extension "${name}", expected one of ${Object.keys(fulcioExtensions).join(', ')}`)
  return name as FulcioExtension
}

function demandOf({ type, condition }: AttestationRule): AttestationDemand {
  if (condition === undefined) return { kind: type }
  const fields = predicateKinds.find(({ name }) => name === type)?.fields ?? new Map()
  const vocabulary: Vocabulary = new Map([...fields].map(([name, { type: kind }]) => [name, { kind }]))
  try {
    return { kind: type, condition: parseCondition(condition.text, vocabulary) }
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error
    const { file, startLine } = condition.location
    throw new UsageError(`${file}:${startLine}: condition over ${type}, column ${error.column}: ${error.message}`, { cause: error })
  }
}
