/** The policy's signers as the verifier takes them. Whatever is wrong in an expression or a condition is said with the policy's line. */
import { UsageError } from '../findings.ts'
import { ConditionError, parseCondition, type Vocabulary } from '../policy/condition.ts'
import type { AttestationRule, KeylessIdentity, Policy, SignerRule, TextMatch } from '../policy/policy.ts'
import { readAnchoredExpression } from '../verify/anchored-expression.ts'
import type { AttestationDemand } from '../verify/attestations/demands.ts'
import { predicateKinds } from '../verify/attestations/kinds.ts'
import type { KeylessSigner, TextMatcher } from '../verify/keyless.ts'
import { parsePublicKey } from '../verify/keys.ts'
import { readAdmissionPolicies } from '../verify/policies/readers.ts'
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

/** Throws UsageError with file and line. */
export async function readDemands(policy: Policy): Promise<SignatureDemands> {
  const admission = policy.userPolicies.flatMap(readAdmissionPolicies)
  const needsRoot =
    admission.length > 0 ||
    policy.signers.some(({ identities, keys }) => identities.length > 0 || keys.some(({ transparencyLog }) => transparencyLog))
  const root = needsRoot || policy.trustedRoot ? await openRoot(policy) : undefined
  return {
    admission,
    signers: policy.signers.map((rule) => ({
      images: rule.images,
      trust: trustOf(rule, root),
      attestations: rule.attestations.map(demandOf),
      believesVex: rule.believesVex,
    })),
    ...(root === undefined ? {} : { root }),
  }
}

async function openRoot({ trustedRoot }: Policy): Promise<SigstoreRoot> {
  const { embeddedTrustedRoot, readTrustedRoot } = await import('../verify/sigstore/trusted-root.ts')
  return trustedRoot ? readTrustedRoot(trustedRoot.bytes, trustedRoot.name) : embeddedTrustedRoot()
}

function trustOf({ keys, identities, threshold }: SignerRule, root: SigstoreRoot | undefined): Trust {
  // A key that is none is a wrong policy, to be said before anything is judged.
  for (const key of keys) parsePublicKey(key)
  return { keys, identities: signersOf(identities), threshold, ...(root && { root }) }
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
