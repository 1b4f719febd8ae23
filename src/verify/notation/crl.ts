/** Certificate revocation lists. RFC 5280, section 5 */
import { verify, type X509Certificate } from 'node:crypto'
import { ASN1Obj } from '@sigstore/core'
import { signatureHashes } from './signature-hashes.ts'

export interface RevocationList {
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
  /** Serial numbers, as lower-case hex without zeros before. */
  readonly revoked: ReadonlySet<string>
}

/** Lists of large authorities have some hundred thousand entries. */
export const maxListBytes = 32 * 1024 * 1024

const deltaIndicator = '2.5.29.27'
const issuingDistributionPoint = '2.5.29.28'

/** What is wrong with the list, in one clause; a list by another issuer, or for a part of its certificates, is wrong. */
export function readRevocationList(der: Uint8Array, issuer: X509Certificate): RevocationList | string {
  try {
    return parseList(ASN1Obj.parseBuffer(Buffer.from(der)), issuer)
  } catch {
    return 'the revocation list does not parse'
  }
}

function parseList(list: ASN1Obj, issuer: X509Certificate): RevocationList | string {
  const [signed, algorithm, signature] = list.subs
  if (!signed || !algorithm || !signature) return 'the revocation list does not parse'
  const hash = signatureHashes.get(algorithm.subs[0]?.toOID() ?? '')
  // A BIT STRING begins with the number of unused bits.
  if (!hash || !verify(hash, signed.toDER(), issuer.publicKey, signature.value.subarray(1)))
    return 'the revocation list is not by the issuer of the certificate'
  // version, signature, issuer, thisUpdate, nextUpdate, revokedCertificates, extensions; the version and the last three may be absent.
  const fields = signed.subs.slice(isInteger(signed.subs[0]) ? 3 : 2)
  const times = fields.filter(isTime).map((field) => field.toDate())
  const [thisUpdate, nextUpdate] = times
  if (!thisUpdate) return 'the revocation list has no date'
  const extensions = fields.find(({ tag }) => tag.isContextSpecific(0))?.subs[0]?.subs ?? []
  const names = extensions.map(({ subs }) => subs[0]?.toOID())
  if (names.includes(deltaIndicator) || names.includes(issuingDistributionPoint))
    return 'the revocation list is for a part of the certificates'
  const entries = fields.find((field) => !isTime(field) && field.tag.number === 0x10 && field.tag.isUniversal())?.subs ?? []
  return {
    thisUpdate,
    ...(nextUpdate && { nextUpdate }),
    revoked: new Set(entries.map(({ subs }) => serialOf(subs[0]?.value ?? Buffer.alloc(0)))),
  }
}

function isInteger(object: ASN1Obj | undefined): boolean {
  return object?.tag.isUniversal() === true && object.tag.number === 0x02
}

function isTime({ tag }: ASN1Obj): boolean {
  return tag.isUniversal() && (tag.number === 0x17 || tag.number === 0x18)
}

export function serialOf(serial: Uint8Array | string): string {
  const hex = typeof serial === 'string' ? serial : Buffer.from(serial).toString('hex')
  return hex.toLowerCase().replace(/^0+/, '')
}
