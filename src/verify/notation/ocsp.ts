/** The Online Certificate Status Protocol. RFC 6960 */
import { createHash, verify, X509Certificate } from 'node:crypto'
import { ASN1Obj, X509Certificate as ParsedCertificate } from '@sigstore/core'
import { serialOf } from './crl.ts'
import { der, derTags as tags } from './der.ts'
import type { RevocationAnswer } from './revocation.ts'
import { signatureHashes } from './signature-hashes.ts'

/** SHA-1 names the issuer here and vouches for nothing; every responder understands it. RFC 5019 2.1.1 */
const sha1 = Buffer.from('2b0e03021a', 'hex')
const basicResponse = '1.3.6.1.5.5.7.48.1.1'
const ocspSigning = '1.3.6.1.5.5.7.3.9'
export const maxOcspBytes = 64 * 1024

/** 4.1.1, without a nonce: an answer is good for as long as it says. */
export function ocspRequest(certificate: X509Certificate, issuer: X509Certificate): Uint8Array {
  return der(tags.sequence, der(tags.sequence, der(tags.sequence, der(tags.sequence, certificateId(certificate, issuer)))))
}

function certificateId(certificate: X509Certificate, issuer: X509Certificate): Uint8Array {
  const hash = (bytes: Uint8Array) => der(tags.octetString, createHash('sha1').update(bytes).digest())
  const parsed = ParsedCertificate.parse(issuer.raw)
  const algorithm = der(tags.sequence, der(tags.oid, sha1), der(tags.null))
  // The key without its algorithm, and without the number of unused bits that begins a BIT STRING.
  const key = ASN1Obj.parseBuffer(Buffer.from(parsed.publicKey)).subs[1]?.value.subarray(1) ?? Buffer.alloc(0)
  const serial = ParsedCertificate.parse(certificate.raw).serialNumber
  return der(tags.sequence, algorithm, hash(nameOf(issuer)), hash(key), der(tags.integer, serial))
}

/** The subject's whole DER. RFC 5280 4.1: version, serial number, signature, issuer, validity, subject. */
function nameOf({ raw }: X509Certificate): Uint8Array {
  const fields = ASN1Obj.parseBuffer(raw).subs[0]?.subs ?? []
  return fields[5]?.toDER() ?? Buffer.alloc(0)
}

/** What the responder says; whatever is wrong with the answer leaves it unknown. */
export function readOcspResponse(bytes: Uint8Array, certificate: X509Certificate, issuer: X509Certificate, now: Date): RevocationAnswer {
  try {
    return parseResponse(ASN1Obj.parseBuffer(Buffer.from(bytes)), certificate, issuer, now)
  } catch {
    return unknown('the OCSP answer does not parse')
  }
}

const unknown = (message: string): RevocationAnswer => ({ status: 'unknown', message })

function parseResponse(response: ASN1Obj, certificate: X509Certificate, issuer: X509Certificate, now: Date): RevocationAnswer {
  const [status, body] = response.subs
  if (status?.value[0] !== 0) return unknown(`the OCSP responder answered with status ${status?.value[0]}`)
  const [type, octets] = body?.subs[0]?.subs ?? []
  if (type?.toOID() !== basicResponse || !octets) return unknown('the OCSP answer is of an unknown type')
  const [data, algorithm, signature, certificates] = ASN1Obj.parseBuffer(Buffer.from(octets.value)).subs
  if (!data || !algorithm || !signature) return unknown('the OCSP answer does not parse')
  const hash = signatureHashes.get(algorithm.subs[0]?.toOID() ?? '')
  const key = responderKey(
    issuer,
    (certificates?.subs[0]?.subs ?? []).map((object) => new X509Certificate(object.toDER())),
    now,
  )
  if (!hash || !verify(hash, data.toDER(), key, signature.value.subarray(1)))
    return unknown('the OCSP answer is not by the issuer, nor by whom it names for that')
  const responses = data.subs.find((field) => field.tag.isUniversal() && field.tag.number === 0x10)?.subs ?? []
  const wanted = serialOf(ParsedCertificate.parse(certificate.raw).serialNumber)
  const found = responses.find(({ subs }) => serialOf(subs[0]?.subs[3]?.value ?? Buffer.alloc(0)) === wanted)
  return found ? readSingle(found, certificate, now) : unknown('the OCSP answer is about another certificate')
}

/** 4.2.2.2: the issuer itself, or one to whom it gave the right. */
function responderKey(issuer: X509Certificate, certificates: readonly X509Certificate[], now: Date) {
  const delegate = certificates.find(
    (candidate) =>
      candidate.checkIssued(issuer) &&
      candidate.verify(issuer.publicKey) &&
      candidate.keyUsage?.includes(ocspSigning) &&
      candidate.validFromDate <= now &&
      now <= candidate.validToDate,
  )
  return delegate?.publicKey ?? issuer.publicKey
}

function readSingle({ subs }: ASN1Obj, certificate: X509Certificate, now: Date): RevocationAnswer {
  const [, status, thisUpdate, next] = subs
  const nextUpdate = next?.tag.isContextSpecific(0) ? next.subs[0] : undefined
  if (!status || !thisUpdate || !nextUpdate) return unknown('the OCSP answer has no date until which it is good')
  if (thisUpdate.toDate() > now || nextUpdate.toDate() < now) return unknown('the OCSP answer is out of date')
  if (status.tag.isContextSpecific(0)) return { status: 'good' }
  if (status.tag.isContextSpecific(1))
    return { status: 'revoked', message: `the certificate ${certificate.serialNumber} was revoked by its issuer` }
  return unknown('the OCSP responder does not know the certificate')
}
