/** A signature by a key. */
import { quote } from '../../findings.ts'
import { VerificationError } from '../errors.ts'
import type { PublicKey } from '../keys.ts'
import { type Entity, type EntityCheck, type EntityFailure, lacks, type SigstoreTrust, signingTime } from './entity.ts'
import { runVerifier } from './run-verifier.ts'
import { instancesOf, type SigstoreRoot } from './trusted-root.ts'

/** Throws VerificationError `unsupported` where the trust or the artifact does not suffice to tell. */
export function checkKey(entity: Entity, { keys, root }: SigstoreTrust): EntityCheck {
  const answers = keys.map((key) => [key, entity.signature.isSignedBy(key)] as const)
  const [key] = answers.find(([, signed]) => signed) ?? []
  if (!key) {
    if (answers.some(([, signed]) => signed === undefined)) {
      throw new VerificationError('unsupported', 'a signature of this scheme needs the whole artifact, and only its digest is known')
    }
    return { status: 'untrusted', code: 'unknown-key', message: 'no trusted key made this signature' }
  }
  const success = { status: 'verified', message: `signed with key ${quote(key.name)}`, signer: key.name } as const
  if (key.transparencyLog === 'ignored') return success
  if (!root) throw new VerificationError('unsupported', `there is no trusted root to verify the log entries of key ${quote(key.name)} with`)
  const failures = instancesOf(root).map((instance) => checkEvidence(entity, key, instance))
  return (failures.every((failure) => failure !== undefined) && failures[0]) || { ...success, ...signingTime(entity) }
}

/** The log entries and timestamps. A key has no validity of its own, so that no timestamp is asked for. */
function checkEvidence(entity: Entity, { key, transparencyLog }: PublicKey, { material }: SigstoreRoot): EntityFailure | undefined {
  const wanted = transparencyLog === 'required' ? 1 : 0
  if (entity.tlogEntries.length < wanted) return lacks('log-entry-missing')
  const publicKey = () => ({ publicKey: key, validFor: () => true })
  const result = runVerifier(entity, { ...material, publicKey }, { tlogThreshold: wanted, timestampThreshold: 0, ctlogThreshold: 0 })
  return 'code' in result ? result : undefined
}
