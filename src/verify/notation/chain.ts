/** The certificates of a signature. Signature specification, "Certificate Requirements" */
import { X509Certificate } from 'node:crypto'
import { X509Certificate as ParsedCertificate } from '@sigstore/core'
import { algorithmOf } from './algorithms.ts'

export interface Chain {
  readonly leaf: X509Certificate
  /** From the leaf up; the last one is its own issuer. */
  readonly certificates: readonly X509Certificate[]
}

/** A longer chain is nobody's. */
const maxCertificates = 10
const codeSigning = '1.3.6.1.5.5.7.3.3'

/** What is wrong with the chain as such, in one clause; who trusts its root, and when, is another question. */
export function readChain(ders: readonly Uint8Array[]): Chain | string {
  if (ders.length > maxCertificates) return `the chain has ${ders.length} certificates, at most ${maxCertificates} are read`
  try {
    const certificates = ders.map((der) => new X509Certificate(der))
    const [leaf] = certificates
    if (!leaf) return 'the chain is empty'
    return problemOf(leaf, certificates) ?? { leaf, certificates }
  } catch {
    return 'a certificate does not parse'
  }
}

function problemOf(leaf: X509Certificate, certificates: readonly X509Certificate[]): string | undefined {
  const parsed = certificates.map(({ raw }) => ParsedCertificate.parse(raw))
  if (!algorithmOf(leaf.publicKey)) return 'the signing key is of a kind or a length that may not be used'
  if (certificates.length > 1 && leaf.ca) return 'the signing certificate is one of an authority'
  if (!parsed[0]?.extKeyUsage?.digitalSignature) return 'the signing certificate is not one for signatures'
  if (leaf.keyUsage && !leaf.keyUsage.includes(codeSigning)) return 'the signing certificate is not one for code signing'
  for (const [index, certificate] of certificates.entries()) {
    const issuer = certificates[index + 1] ?? certificate
    if (!certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey))
      return 'a certificate of the chain is not by the next one'
    if (index > 0 && !parsed[index]?.isCA) return 'a certificate of the chain is not one of an authority'
    const allowed = parsed[index]?.extBasicConstraints?.pathLenConstraint
    if (index > 0 && allowed !== undefined && Number(allowed) < index - 1) return 'the chain is longer than one of its authorities allows'
  }
  return undefined
}

/** True where all certificates are valid at that time. */
export function isValidAt({ certificates }: Chain, time: Date): boolean {
  return certificates.every(({ validFromDate, validToDate }) => validFromDate <= time && time <= validToDate)
}
