/** JWS envelopes, in JSON. https://github.com/notaryproject/specifications/blob/main/specs/signature-envelope-jws.md */
import { decodeBase64 } from '../base64.ts'
import { EnvelopeProblem, headers, type NotationAlgorithm, type NotationEnvelope } from './envelope.ts'

const algorithms: ReadonlySet<unknown> = new Set<NotationAlgorithm>(['PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'])

/** Throws EnvelopeProblem. */
export function readJws(bytes: Uint8Array): NotationEnvelope {
  const envelope = objectIn(bytes, 'the envelope')
  const payload = textIn(envelope, 'payload')
  const protectedText = textIn(envelope, 'protected')
  const protectedHeader = objectIn(fromBase64Url(protectedText), 'the protected header')
  const { alg, cty, crit } = protectedHeader
  if (!algorithms.has(alg)) throw new EnvelopeProblem(`the algorithm is ${JSON.stringify(alg)}`)
  if (!Array.isArray(crit) || !crit.every((name) => typeof name === 'string'))
    throw new EnvelopeProblem('the list of critical headers is missing')
  return {
    algorithm: alg as NotationAlgorithm,
    certificates: certificatesIn(envelope.header),
    // RFC 7515 5.2, step 8
    signedBytes: Buffer.from(`${protectedText}.${payload}`),
    signature: fromBase64Url(textIn(envelope, 'signature')),
    payload: fromBase64Url(payload),
    contentType: typeof cty === 'string' ? cty : '',
    scheme: textIn(protectedHeader, headers.scheme),
    critical: crit,
    hasTimestamp: typeof (envelope.header as JsonObject | undefined)?.[headers.timestamp] === 'string',
    ...timeIn(protectedHeader, 'signingTime'),
    ...timeIn(protectedHeader, 'authenticSigningTime'),
    ...timeIn(protectedHeader, 'expiry'),
  }
}

type JsonObject = Readonly<Record<string, unknown>>

function objectIn(bytes: Uint8Array, what: string): JsonObject {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new EnvelopeProblem(`${what} is not JSON`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new EnvelopeProblem(`${what} is not an object`)
  return value as JsonObject
}

function textIn(object: JsonObject, name: string): string {
  const value = object[name]
  if (typeof value !== 'string' || value === '') throw new EnvelopeProblem(`${name} is missing`)
  return value
}

/** RFC 7515 2: without padding. */
function fromBase64Url(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) throw new EnvelopeProblem('a part is not base64url')
  return bytes
}

/** RFC 7515 4.1.6: base64 of the standard alphabet. */
function certificatesIn(header: unknown): readonly Uint8Array[] {
  const chain = typeof header === 'object' && header !== null ? (header as JsonObject).x5c : undefined
  const certificates = Array.isArray(chain) ? chain.map((text) => (typeof text === 'string' ? decodeBase64(text) : undefined)) : []
  if (certificates.length === 0 || !certificates.every((der) => der !== undefined))
    throw new EnvelopeProblem('the certificate chain is missing')
  return certificates
}

function timeIn<Name extends 'signingTime' | 'authenticSigningTime' | 'expiry'>(
  header: JsonObject,
  name: Name,
): Partial<Record<Name, Date>> {
  const value = header[headers[name]]
  if (value === undefined) return {}
  // RFC 3339
  const time =
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(value) ? new Date(value) : undefined
  if (!time || Number.isNaN(time.getTime())) throw new EnvelopeProblem(`${headers[name]} is no time`)
  return { [name]: time } as Partial<Record<Name, Date>>
}
