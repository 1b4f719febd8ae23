/** What Fulcio writes into a certificate about who signs. https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md */
import type { X509Certificate } from 'node:crypto'
import type { Signer } from '@sigstore/verify'

/** The extensions that a policy can ask for, below 1.3.6.1.4.1.57264.1. */
export const fulcioExtensions = {
  githubWorkflowTrigger: 2,
  githubWorkflowSha: 3,
  githubWorkflowName: 4,
  githubWorkflowRepository: 5,
  githubWorkflowRef: 6,
  buildSignerUri: 9,
  buildSignerDigest: 10,
  runnerEnvironment: 11,
  sourceRepositoryUri: 12,
  sourceRepositoryDigest: 13,
  sourceRepositoryRef: 14,
  sourceRepositoryIdentifier: 15,
  sourceRepositoryOwnerUri: 16,
  sourceRepositoryOwnerIdentifier: 17,
  buildConfigUri: 18,
  buildConfigDigest: 19,
  buildTrigger: 20,
  runInvocationUri: 21,
  sourceRepositoryVisibility: 22,
} as const
export type FulcioExtension = keyof typeof fulcioExtensions

/** Who a certificate says that the signer is. */
export interface CertificateIdentity {
  /** The OpenID Connect issuer; absent in certificates that Fulcio did not make. */
  readonly issuer?: string
  /** The subject alternative name: a URI, or an e-mail address. */
  readonly subject: string
  readonly extensions: ReadonlyMap<FulcioExtension, string>
}

const arc = '1.3.6.1.4.1.57264.1'
/** The first six are raw text; all later ones are a DER UTF8String. */
const lastRawExtension = 7

/** Undefined for a certificate with no subject alternative name. */
export function certificateIdentity(signer: Signer): CertificateIdentity | undefined {
  const { subjectAlternativeName: subject, extensions, oids = [] } = signer.identity ?? {}
  if (!subject) return undefined
  const values = new Map(oids.map(({ oid, value }) => [oid?.id.join('.') ?? '', value]))
  const found = Object.entries(fulcioExtensions).flatMap(([name, number]) => {
    const value = values.get(`${arc}.${number}`)
    const text = value && (number < lastRawExtension ? decode(value) : utf8String(value))
    return text === undefined ? [] : [[name as FulcioExtension, text] as const]
  })
  return { subject, extensions: new Map(found), ...(extensions?.issuer !== undefined && { issuer: extensions.issuer }) }
}

function utf8String(der: Uint8Array): string | undefined {
  if (der[0] !== 0x0c) return undefined
  // X.690 8.1.3: below 128 the length is one byte, else that byte says how many bytes the length has.
  const first = der[1] ?? 0
  const start = first < 0x80 ? 2 : 2 + (first & 0x7f)
  return decode(der.subarray(start))
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

const codeSigning = '1.3.6.1.5.5.7.3.3'

/** Node names the extended key usages `keyUsage`. */
export function isForCodeSigning(certificate: X509Certificate): boolean {
  return (certificate.keyUsage ?? []).includes(codeSigning) && !certificate.ca
}
