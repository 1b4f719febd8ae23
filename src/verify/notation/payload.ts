/** What a Notary Project signature says. Signature specification, "Payload" */
import { quote } from '../../findings.ts'
import type { Digest } from '../../oci/source.ts'
import { type NotationEnvelope, payloadContentType } from './envelope.ts'

export interface PayloadFailure {
  readonly code: 'payload-type' | 'payload-malformed' | 'payload-digest'
  readonly message: string
}

/** Undefined for a payload about this digest. */
export function readPayload({ contentType, payload }: NotationEnvelope, digest: Digest): PayloadFailure | undefined {
  if (contentType !== payloadContentType) {
    return { code: 'payload-type', message: `the envelope holds ${quote(contentType)}, expected ${quote(payloadContentType)}` }
  }
  const signed = digestIn(payload)
  if (signed === undefined) return { code: 'payload-malformed', message: 'the signed payload names no artifact' }
  if (signed !== digest) return { code: 'payload-digest', message: `the signed payload names ${quote(signed)}, the image is ${digest}` }
  return undefined
}

function digestIn(payload: Uint8Array): string | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
    const digest = (value as { targetArtifact?: { digest?: unknown } } | null)?.targetArtifact?.digest
    return typeof digest === 'string' ? digest : undefined
  } catch {
    // Told to the caller as a payload that names nothing.
    return undefined
  }
}
