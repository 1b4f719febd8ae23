/** Asks for revocation lists where certificates say they are. RFC 5280 4.2.1.13 */
import type { X509Certificate } from 'node:crypto'
import { type ASN1Obj, X509Certificate as ParsedCertificate } from '@sigstore/core'
import { quote } from '../../findings.ts'
import type { HttpClient } from '../../http.ts'
import { maxListBytes, type RevocationList, readRevocationList, serialOf } from './crl.ts'
import type { RevocationAnswer, RevocationCheck } from './revocation.ts'

/** By CRL. Each list is fetched once. */
export function askRevocation(http: HttpClient): RevocationCheck {
  const lists = new Map<string, Promise<Uint8Array>>()
  const fetchList = (url: URL, signal: AbortSignal) => {
    const known = lists.get(url.href) ?? download(http, url, signal)
    lists.set(url.href, known)
    return known
  }
  return async ({ certificates }, now, signal) => {
    const asked = certificates
      .slice(0, -1)
      .map((certificate, index) => ask(certificate, certificates[index + 1] ?? certificate, now, (url) => fetchList(url, signal)))
    const answers = await Promise.all(asked)
    const worst = answers.find(({ status }) => status === 'revoked') ?? answers.find(({ status }) => status === 'unknown')
    return worst ?? { status: 'good' }
  }
}

async function download(http: HttpClient, url: URL, signal: AbortSignal): Promise<Uint8Array> {
  const response = await http.send({ url, signal })
  if (response.status === 200) return response.bytes(maxListBytes)
  await response.discard()
  throw new Error(`${url.host} answered ${response.status}`)
}

async function ask(
  certificate: X509Certificate,
  issuer: X509Certificate,
  now: Date,
  fetchList: (url: URL) => Promise<Uint8Array>,
): Promise<RevocationAnswer> {
  const unknown = (message: string): RevocationAnswer => ({ status: 'unknown', message })
  const urls = distributionPoints(certificate)
  const [url] = urls
  if (!url) return unknown('a certificate names no revocation list')
  let list: RevocationList | string
  try {
    list = readRevocationList(await fetchList(url), issuer)
  } catch (error) {
    return unknown(error instanceof Error ? error.message : String(error))
  }
  if (typeof list === 'string') return unknown(list)
  if (list.thisUpdate > now || !list.nextUpdate || list.nextUpdate < now)
    return unknown(`the revocation list of ${quote(url.href)} is out of date`)
  if (!list.revoked.has(serialOf(certificate.serialNumber))) return { status: 'good' }
  return { status: 'revoked', message: `the certificate ${certificate.serialNumber} was revoked by its issuer` }
}

const distributionPointsExtension = '2.5.29.31'

/** HTTP addresses alone; the list is signed, so that it may come without TLS. */
function distributionPoints(certificate: X509Certificate): readonly URL[] {
  const extension = ParsedCertificate.parse(certificate.raw).extension(distributionPointsExtension)
  const names = extension ? leaves(extension.valueObj).filter(({ tag }) => tag.isContextSpecific(6)) : []
  return names
    .map(({ value }) => value.toString('latin1'))
    .filter((text) => /^https?:\/\//.test(text) && URL.canParse(text))
    .map((text) => new URL(text))
}

function leaves(object: ASN1Obj): readonly ASN1Obj[] {
  return object.subs.length === 0 ? [object] : object.subs.flatMap(leaves)
}
