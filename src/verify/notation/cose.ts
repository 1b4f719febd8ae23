/** COSE_Sign1 envelopes. https://github.com/notaryproject/specifications/blob/main/specs/signature-envelope-cose.md, RFC 9052 */
import { decode, encode, Tagged } from 'cborg'
import { EnvelopeProblem, headers, type NotationAlgorithm, type NotationEnvelope } from './envelope.ts'

/** RFC 8152 8.1, RFC 8230 2 */
const algorithms: ReadonlyMap<unknown, NotationAlgorithm> = new Map([
  [-7, 'ES256'],
  [-35, 'ES384'],
  [-36, 'ES512'],
  [-37, 'PS256'],
  [-38, 'PS384'],
  [-39, 'PS512'],
])
/** Labels of RFC 9052 3.1 and RFC 9360 2. */
const labels = { algorithm: 1, critical: 2, contentType: 3, chain: 33 } as const
const sign1Tag = 18
const timeTag = 1

/** Throws EnvelopeProblem. */
export function readCose(bytes: Uint8Array): NotationEnvelope {
  const message = decodeCbor(bytes, 'the envelope')
  const parts = message instanceof Tagged && message.tag === sign1Tag ? message.value : undefined
  if (!Array.isArray(parts) || parts.length !== 4) throw new EnvelopeProblem('the envelope is no COSE_Sign1')
  const [protectedBytes, unprotected, payload, signature] = parts.map((part: unknown) => part)
  if (!isBytes(protectedBytes) || !isBytes(payload) || !isBytes(signature)) throw new EnvelopeProblem('a part of the envelope is missing')
  const header = mapIn(decodeCbor(protectedBytes, 'the protected header'))
  const algorithm = algorithms.get(header.get(labels.algorithm))
  const critical = header.get(labels.critical)
  const scheme = header.get(headers.scheme)
  const contentType = header.get(labels.contentType)
  if (!algorithm) throw new EnvelopeProblem('the algorithm is not one of the specification')
  if (!Array.isArray(critical)) throw new EnvelopeProblem('the list of critical headers is missing')
  if (typeof scheme !== 'string') throw new EnvelopeProblem('the signing scheme is missing')
  return {
    algorithm,
    certificates: certificatesIn(mapIn(unprotected)),
    // RFC 9052 4.4
    signedBytes: encode(['Signature1', protectedBytes, new Uint8Array(), payload]),
    signature,
    payload,
    contentType: typeof contentType === 'string' ? contentType : '',
    scheme,
    // The content type and the algorithm are understood by all, and may be listed by their numbers.
    critical: critical.filter((name) => name !== labels.contentType && name !== labels.algorithm).map(String),
    hasTimestamp: isBytes(mapIn(unprotected).get(headers.timestamp)),
    ...timeIn(header, 'signingTime'),
    ...timeIn(header, 'authenticSigningTime'),
    ...timeIn(header, 'expiry'),
  }
}

function decodeCbor(bytes: Uint8Array, what: string): unknown {
  const tags = Tagged.preserve(timeTag, sign1Tag)
  try {
    return decode(bytes, { useMaps: true, allowIndefinite: false, rejectDuplicateMapKeys: true, tags })
  } catch {
    throw new EnvelopeProblem(`${what} is not CBOR`)
  }
}

function mapIn(value: unknown): ReadonlyMap<unknown, unknown> {
  if (!(value instanceof Map)) throw new EnvelopeProblem('a header is no map')
  return value
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array
}

function certificatesIn(header: ReadonlyMap<unknown, unknown>): readonly Uint8Array[] {
  const chain = header.get(labels.chain)
  const certificates = isBytes(chain) ? [chain] : Array.isArray(chain) ? chain : []
  if (certificates.length === 0 || !certificates.every(isBytes)) throw new EnvelopeProblem('the certificate chain is missing')
  return certificates
}

/** RFC 8949 3.4.2: seconds since 1970. */
function timeIn<Name extends 'signingTime' | 'authenticSigningTime' | 'expiry'>(
  header: ReadonlyMap<unknown, unknown>,
  name: Name,
): Partial<Record<Name, Date>> {
  const value = header.get(headers[name])
  if (value === undefined) return {}
  const seconds = value instanceof Tagged && value.tag === timeTag ? Number(value.value) : Number.NaN
  const time = new Date(seconds * 1000)
  if (Number.isNaN(time.getTime())) throw new EnvelopeProblem(`${headers[name]} is no time`)
  return { [name]: time } as Partial<Record<Name, Date>>
}
