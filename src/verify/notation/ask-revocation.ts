/** Asks whether certificates were taken back, where they say that one may ask: OCSP first, then revocation lists. RFC 5280 4.2.1.13, 4.2.2.1 */
import type { X509Certificate } from 'node:crypto'
import { quote } from '../../findings.ts'
import type { HttpClient } from '../../http.ts'
import { maxListBytes, type RevocationList, readRevocationList, serialOf } from './crl.ts'
import { maxOcspBytes, ocspRequest, readOcspResponse } from './ocsp.ts'
import type { RevocationAnswer, RevocationCheck } from './revocation.ts'
import { listAddresses, responderAddresses } from './revocation-addresses.ts'

/** Each list is fetched once. */
export function askRevocation(http: HttpClient): RevocationCheck {
  const lists = new Map<string, Promise<Uint8Array>>()
  const fetchList = (url: URL, signal: AbortSignal) => {
    const known = lists.get(url.href) ?? fetchBytes(http, { url, signal }, maxListBytes)
    lists.set(url.href, known)
    return known
  }
  return async ({ certificates }, now, signal) => {
    const asked = certificates.slice(0, -1).map(async (certificate, index) => {
      const issuer = certificates[index + 1] ?? certificate
      const answer = await askResponder(http, certificate, issuer, now, signal)
      return answer && answer.status !== 'unknown'
        ? answer
        : ((await askList(certificate, issuer, now, (url) => fetchList(url, signal))) ?? answer ?? nobody)
    })
    const answers = await Promise.all(asked)
    const worst = answers.find(({ status }) => status === 'revoked') ?? answers.find(({ status }) => status === 'unknown')
    return worst ?? { status: 'good' }
  }
}

const unknown = (message: string): RevocationAnswer => ({ status: 'unknown', message })
const nobody = unknown('a certificate names neither an OCSP responder nor a revocation list')

async function fetchBytes(http: HttpClient, request: Parameters<HttpClient['send']>[0], maxBytes: number): Promise<Uint8Array> {
  const response = await http.send(request)
  if (response.status === 200) return response.bytes(maxBytes)
  await response.discard()
  throw new Error(`${request.url.host} answered ${response.status}`)
}

/** Undefined where the certificate names no responder. */
async function askResponder(
  http: HttpClient,
  certificate: X509Certificate,
  issuer: X509Certificate,
  now: Date,
  signal: AbortSignal,
): Promise<RevocationAnswer | undefined> {
  const [url] = responderAddresses(certificate)
  if (!url) return undefined
  const headers = { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' }
  try {
    const bytes = await fetchBytes(http, { method: 'POST', url, headers, body: ocspRequest(certificate, issuer), signal }, maxOcspBytes)
    return readOcspResponse(bytes, certificate, issuer, now)
  } catch (error) {
    return unknown(error instanceof Error ? error.message : String(error))
  }
}

/** Undefined where the certificate names no list. */
async function askList(
  certificate: X509Certificate,
  issuer: X509Certificate,
  now: Date,
  fetchList: (url: URL) => Promise<Uint8Array>,
): Promise<RevocationAnswer | undefined> {
  const [url] = listAddresses(certificate)
  if (!url) return undefined
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
