/** Where a certificate says that one may ask for it. HTTP alone: what comes is signed, so that it may come without TLS. */
import type { X509Certificate } from 'node:crypto'
import { type ASN1Obj, X509Certificate as ParsedCertificate } from '@sigstore/core'

const distributionPoints = '2.5.29.31'

/** RFC 5280 4.2.1.13 */
export function listAddresses(certificate: X509Certificate): readonly URL[] {
  const extension = ParsedCertificate.parse(certificate.raw).extension(distributionPoints)
  const names = extension ? leaves(extension.valueObj).filter(({ tag }) => tag.isContextSpecific(6)) : []
  return httpOnly(names.map(({ value }) => value.toString('latin1')))
}

/** RFC 5280 4.2.2.1; Node writes one a line. */
export function responderAddresses({ infoAccess }: X509Certificate): readonly URL[] {
  return httpOnly((infoAccess ?? '').split('\n').flatMap((line) => /^OCSP - URI:(.+)$/.exec(line)?.[1] ?? []))
}

function httpOnly(texts: readonly string[]): readonly URL[] {
  return texts.filter((text) => /^https?:\/\//.test(text) && URL.canParse(text)).map((text) => new URL(text))
}

function leaves(object: ASN1Obj): readonly ASN1Obj[] {
  return object.subs.length === 0 ? [object] : object.subs.flatMap(leaves)
}
