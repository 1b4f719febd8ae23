/** What a Sigstore signature covers: a message, or a DSSE envelope. https://github.com/secure-systems-lab/dsse/blob/master/protocol.md */
import { createHash, type KeyObject } from 'node:crypto'
import type { SignedEntity } from '@sigstore/verify'
import type { Artifact, HashName } from '../artifact.ts'
import { isSignedBy, type PublicKey, schemeOf } from '../keys.ts'
import { loadPrehashed } from '../prehashed.ts'

type VerificationKey = Pick<PublicKey, 'key' | 'scheme'>

/** The library's view of the content, with every scheme of ours. */
export interface SignedContent extends Readonly<SignedEntity['signature']> {
  /** Undefined where this scheme needs the whole message and only its digest is known. */
  isSignedBy(key: VerificationKey): boolean | undefined
  /** SHA-256 of an envelope's JSON as it is stored, in hex, where that is known. */
  readonly envelopeDigest?: string
}

/** A signature over the artifact itself. `hash` is the one that the signer says, and the artifact's digest by it must be known. */
export async function messageContent(signature: Uint8Array, hash: HashName, artifact: Artifact): Promise<SignedContent> {
  const digest = Buffer.from(artifact.digests.get(hash) ?? '', 'hex')
  const { bytes } = artifact
  if (bytes) return content(signature, digest, digest, (key) => isSignedBy(key, bytes, signature))
  const isSignedDigest = await loadPrehashed()
  return content(signature, digest, digest, (key) => isSignedDigest(key, hash, digest, signature))
}

export function envelopeContent(signature: Uint8Array, payloadType: string, payload: Uint8Array): SignedContent {
  const signed = preAuthEncoding(payloadType, payload)
  return content(signature, sha256(payload), sha256(signed), (key) => isSignedBy(key, signed, signature))
}

function content(
  signature: Uint8Array,
  digest: Buffer,
  signedDigest: Buffer,
  isSigned: (key: VerificationKey) => boolean | undefined,
): SignedContent {
  return {
    signature: Buffer.from(signature),
    compareSignature: (other) => other.equals(signature),
    compareDigest: (other) => digest.equals(other),
    compareSignedDigest: (other) => signedDigest.equals(other),
    verifySignature: (key: KeyObject) => isSigned({ key, scheme: schemeOf(key, 'the certificate') }) === true,
    isSignedBy: isSigned,
  }
}

/** DSSE protocol, "Signature Definition". Lengths are those of bytes. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `
  return Buffer.concat([Buffer.from(head), payload])
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
