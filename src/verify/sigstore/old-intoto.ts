/** Log entries of kind intoto 0.0.1, which `cosign attest` wrote before 2023 and the library reads no more. https://github.com/sigstore/rekor/blob/main/pkg/types/intoto/v0.0.1/intoto_v0_0_1_schema.json */
import type { TransparencyLogEntry } from '@sigstore/bundle'
import type { TrustMaterial } from '@sigstore/verify'
import { verifyTLogInclusion } from '@sigstore/verify/dist/tlog/index.js'
import type { SignedContent } from './content.ts'
import type { EntityFailure } from './entity.ts'

/** True for an entry that `checkOldIntoto` reads, where the envelope's own bytes are known. */
export function isOldIntoto({ kindVersion }: TransparencyLogEntry, { envelopeDigest }: SignedContent): boolean {
  return envelopeDigest !== undefined && kindVersion.kind === 'intoto' && kindVersion.version === '0.0.1'
}

/** Throws the library's error where the entry is in no log. */
export function checkOldIntoto(
  entry: TransparencyLogEntry,
  { envelopeDigest }: SignedContent,
  { tlogs }: TrustMaterial,
): EntityFailure | undefined {
  verifyTLogInclusion(entry, tlogs)
  if (envelopeDigest !== undefined && envelopeDigestIn(entry.canonicalizedBody) === envelopeDigest) return undefined
  return { status: 'invalid', code: 'log-body', message: 'the log entry is about another envelope' }
}

function envelopeDigestIn(body: Uint8Array): string | undefined {
  try {
    const { kind, apiVersion, spec } = JSON.parse(Buffer.from(body).toString())
    const { algorithm, value } = spec.content.hash
    return kind === 'intoto' && apiVersion === '0.0.1' && algorithm === 'sha256' && typeof value === 'string' ? value : undefined
  } catch {
    // A body of another shape is about another envelope.
    return undefined
  }
}
