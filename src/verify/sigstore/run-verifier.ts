/** Runs Sigstore's library, and names the step that failed. */

import type { TransparencyLogEntry } from '@sigstore/bundle'
import { VerificationError as SigstoreError, type TrustMaterial, Verifier, type VerifierOptions } from '@sigstore/verify'
import { VerificationError } from '../errors.ts'
import type { Entity, EntityCode, EntityFailure } from './entity.ts'
import { checkOldIntoto, isOldIntoto } from './old-intoto.ts'

type LibrarySigner = ReturnType<Verifier['verify']>

const codes: ReadonlyMap<string, EntityCode> = new Map([
  ['CERTIFICATE_ERROR', 'certificate'],
  ['SIGNATURE_ERROR', 'signature'],
  ['TIMESTAMP_ERROR', 'timestamp'],
  ['TLOG_BODY_ERROR', 'log-body'],
  ['TLOG_ERROR', 'log-entry'],
  ['TLOG_INCLUSION_PROMISE_ERROR', 'inclusion-promise'],
  ['TLOG_INCLUSION_PROOF_ERROR', 'inclusion-proof'],
  ['TLOG_MISSING_INCLUSION_ERROR', 'log-entry'],
])

/** Steps that the library has one code for, by the words of its message; a test holds each of them. */
const finerCodes: readonly (readonly [from: EntityCode, message: RegExp, to: EntityCode])[] = [
  ['certificate', /not valid or expired/, 'certificate-time'],
  ['certificate', /\bSCTs?\b/, 'certificate-log'],
  ['inclusion-proof', /checkpoint/, 'checkpoint'],
]

/** Throws VerificationError `unsupported` for what the library cannot read; whatever else it throws is a step that failed, and the entity is not verified. */
export function runVerifier(
  entity: Entity,
  material: TrustMaterial,
  options: VerifierOptions,
): { readonly signer: LibrarySigner } | EntityFailure {
  try {
    const [old, entries] = separate(entity)
    for (const entry of old) {
      const failure = checkOldIntoto(entry, entity.signature, material)
      if (failure) return failure
    }
    const tlogThreshold = Math.max(0, (options.tlogThreshold ?? 1) - old.length)
    return { signer: new Verifier(material, { ...options, tlogThreshold }).verify({ ...entity, tlogEntries: [...entries] }) }
  } catch (error) {
    if (!(error instanceof SigstoreError))
      return { status: 'invalid', code: 'evidence-malformed', message: 'a timestamp or a certificate does not parse' }
    // A log entry of a kind that the library cannot read is neither good nor bad.
    if (error.message.startsWith('unsupported'))
      throw new VerificationError('unsupported', `a log entry is of an ${error.message}`, { cause: error })
    const cause = error.cause instanceof Error ? `: ${error.cause.message}` : ''
    return { status: 'invalid', code: codeOf(error), message: `${error.message}${cause}` }
  }
}

function codeOf({ code: libraryCode, message, cause }: SigstoreError): EntityCode {
  const code = codes.get(libraryCode) ?? 'log-entry'
  const words = cause instanceof Error ? `${message}: ${cause.message}` : message
  return finerCodes.find(([from, pattern]) => from === code && pattern.test(words))?.[2] ?? code
}

function separate({
  tlogEntries,
  signature,
}: Entity): readonly [old: readonly TransparencyLogEntry[], others: readonly TransparencyLogEntry[]] {
  const isOld = (entry: TransparencyLogEntry) => isOldIntoto(entry, signature)
  return [tlogEntries.filter(isOld), tlogEntries.filter((entry) => !isOld(entry))]
}
