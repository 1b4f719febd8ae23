/** An admission policy's answer for one image. */
import { type Problem, quote } from '../../findings.ts'
import type { Digest, ImageSource, Reference } from '../../oci/source.ts'
import { predicateKind } from '../attestations/kinds.ts'
import { signatureInvalid, signatureMissing, signatureUntrusted } from '../rules.ts'
import type { SignatureResult } from '../signature.ts'
import type { SigstoreRoot } from '../sigstore/trusted-root.ts'
import { type Trust, verifyImage } from '../verify-image.ts'
import { remember } from './remember.ts'
import type { AdmissionPolicy, Requirement } from './requirement.ts'

export interface AdmissionRequest {
  readonly source: ImageSource
  readonly reference: Reference
  readonly digest: Digest
  /** The Sigstore instance of identities. */
  readonly root?: SigstoreRoot
}

export interface AdmissionAnswer {
  readonly holds: boolean
  readonly problems: readonly Problem[]
  /** What could not be judged, where that decides. */
  readonly gaps: readonly string[]
}

/** Never rejects for what the image or its registry does: that is a gap of the answer. */
export async function judgeAdmission(policy: AdmissionPolicy, request: AdmissionRequest, signal: AbortSignal): Promise<AdmissionAnswer> {
  const verdict = await judge(policy.requirement, { ...request, source: remember(request.source) }, signal)
  if (verdict.holds === true) return { holds: true, problems: [], gaps: [] }
  if (verdict.holds === undefined)
    return { holds: false, problems: [], gaps: verdict.messages.map((message) => `${policy.name}: ${message}`) }
  const rule = verdict.status === 'invalid' ? signatureInvalid : verdict.status === 'unsigned' ? signatureMissing : signatureUntrusted
  const message = `${quote(request.reference.text, 200)}: ${policy.name}: ${verdict.messages.join('; ')}`
  const { id, severity, title, references } = rule
  return { holds: false, gaps: [], problems: [{ rule: id, check: 'signature', severity, title, message, references }] }
}

interface Verdict {
  /** Undefined: it cannot be said. */
  readonly holds: boolean | undefined
  readonly messages: readonly string[]
  /** The worst that was found, where it does not hold. */
  readonly status?: SignatureResult['status']
}

async function judge(requirement: Requirement, request: AdmissionRequest, signal: AbortSignal): Promise<Verdict> {
  switch (requirement.kind) {
    case 'fixed':
      return { holds: requirement.holds, messages: [requirement.message], status: 'untrusted' }
    case 'unknown':
      return { holds: undefined, messages: [`${requirement.message} (${requirement.location.file}:${requirement.location.startLine})`] }
    case 'some':
      return count(await Promise.all(requirement.of.map((below) => judge(below, request, signal))), requirement.atLeast)
    default:
      return judgeLeaf(requirement, request, signal)
  }
}

/** Kleene's logic: what is unknown decides only where it could. */
function count(verdicts: readonly Verdict[], atLeast: number): Verdict {
  const holding = verdicts.filter(({ holds }) => holds === true)
  if (holding.length >= atLeast) return { holds: true, messages: holding.flatMap(({ messages }) => messages) }
  const unknown = verdicts.filter(({ holds }) => holds === undefined)
  if (holding.length + unknown.length >= atLeast) return { holds: undefined, messages: unknown.flatMap(({ messages }) => messages) }
  const failing = verdicts.filter(({ holds }) => holds === false)
  const statuses = failing.map(({ status }) => status)
  const status = statuses.includes('invalid') ? 'invalid' : statuses.includes('untrusted') ? 'untrusted' : 'unsigned'
  return { holds: false, messages: failing.flatMap(({ messages }) => messages), status }
}

type Leaf = Requirement & { readonly kind: 'signed' | 'attested' }

async function judgeLeaf(leaf: Leaf, { root, ...request }: AdmissionRequest, signal: AbortSignal): Promise<Verdict> {
  const trust: Trust = { ...(root && { root }), ...leaf.trust }
  const isAttested = leaf.kind === 'attested'
  try {
    const result = await verifyImage({ ...request, trust, attestations: isAttested, stopWhenVerified: !isAttested }, signal)
    if (leaf.kind === 'signed')
      return { holds: result.status === 'verified', messages: [`${quote(leaf.name)}: ${result.message}`], status: result.status }
    return attested(leaf, result)
  } catch (error) {
    // Kept as a gap, with its message.
    return { holds: undefined, messages: [`${quote(leaf.name)}: ${error instanceof Error ? error.message : String(error)}`] }
  }
}

function attested(leaf: Leaf & { readonly kind: 'attested' }, { attestations = [] }: SignatureResult): Verdict {
  const kin = attestations.filter(
    ({ predicateType = '' }) => predicateType === leaf.predicate || predicateKind(predicateType) === leaf.predicate,
  )
  const best = kin.find(({ status }) => status === 'verified') ?? kin.find(({ status }) => status === 'invalid') ?? kin[0]
  const message = best?.message ?? `no attestation ${quote(leaf.predicate)}`
  return { holds: best?.status === 'verified', messages: [`${quote(leaf.name)}: ${message}`], status: best?.status ?? 'unsigned' }
}
