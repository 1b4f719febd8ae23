/** The payload that cosign signs. https://github.com/containers/image/blob/main/docs/containers-signature.5.md#json-data-format */
import { quote } from '../findings.ts'
import type { Digest } from '../oci/source.ts'

export const simpleSigningMediaType = 'application/vnd.dev.cosign.simplesigning.v1+json'
const cosignType = 'cosign container image signature'

export interface SimpleSigning {
  /** `critical.identity.docker-reference`: who signs may write what he likes here, and cosign's specification has it ignored. */
  readonly dockerReference: string
  readonly manifestDigest: Digest
  /** What the signer wished to say besides: text values alone. */
  readonly optional: ReadonlyMap<string, string>
}

export interface PayloadFailure {
  readonly code: 'payload-malformed' | 'payload-type' | 'payload-digest'
  readonly message: string
}

/** Reads the payload and holds it against the digest that is judged. The caller has yet to check who signed it. */
export function readSimpleSigning(bytes: Uint8Array, digest: Digest): SimpleSigning | PayloadFailure {
  const payload = parseJson(bytes)
  const critical = objectAt(payload, 'critical')
  const type = critical?.type
  const dockerReference = objectAt(critical, 'identity')?.['docker-reference']
  const manifestDigest = objectAt(critical, 'image')?.['docker-manifest-digest']
  if (typeof type !== 'string' || typeof manifestDigest !== 'string' || typeof dockerReference !== 'string') {
    return { code: 'payload-malformed', message: 'the signed payload is not a simple-signing document' }
  }
  if (type !== cosignType) return { code: 'payload-type', message: `the signed payload is a ${quote(type)}, expected ${quote(cosignType)}` }
  if (manifestDigest !== digest) {
    return { code: 'payload-digest', message: `the signed payload names ${quote(manifestDigest)}, the image is ${digest}` }
  }
  return { dockerReference, manifestDigest, optional: textEntries(objectAt(payload, 'optional')) }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    // Not JSON is as malformed as JSON of another shape: the caller says so.
    return undefined
  }
}

function objectAt(value: unknown, key: string): Record<string, unknown> | undefined {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
  return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : undefined
}

function textEntries(value: Record<string, unknown> | undefined): ReadonlyMap<string, string> {
  return new Map(Object.entries(value ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}
