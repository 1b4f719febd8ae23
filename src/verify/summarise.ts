/** From every check to one answer. */
import type { CandidateCheck } from './candidate.ts'
import type { SignatureResult } from './signature.ts'

/** `threshold` signers must agree, each counted once. */
export function summarise(checks: readonly CandidateCheck[], threshold: number): SignatureResult {
  const signatures = checks.flatMap((check) => ('signature' in check ? [check.signature] : []))
  const attestations = checks.flatMap((check) => ('attestation' in check ? [check.attestation] : []))
  const found = { signatures, ...(attestations.length > 0 && { attestations }) }
  const good = signatures.filter(({ status }) => status === 'verified')
  const signers = new Set(good.map(({ signer }) => signer))
  const [first] = good
  if (first && signers.size >= threshold) {
    return { status: 'verified', message: signers.size > 1 ? good.map(({ message }) => message).join('; ') : first.message, ...found }
  }
  // A forged one says more than a stranger's.
  const bad = signatures.find(({ status }) => status === 'invalid') ?? signatures.find(({ status }) => status === 'untrusted')
  if (bad && !first) return { status: bad.status, message: bad.message, ...found }
  if (first)
    return { status: 'untrusted', message: `${signers.size} of the ${threshold} signers that are asked for: ${first.message}`, ...found }
  const besides =
    attestations.length > 0
      ? `, though there ${attestations.length === 1 ? 'is 1 attestation' : `are ${attestations.length} attestations`}`
      : ''
  return { status: 'unsigned', message: `no signature for this digest${besides}`, ...found }
}
