/** Notary Project signatures: a certificate authority, its revocation list, and envelopes in both formats, with a fixed clock. */
import 'reflect-metadata'
import { constants, createPublicKey, generateKeyPairSync, type KeyObject, sign, webcrypto, X509Certificate } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import { encode, Tagged } from 'cborg'
import type { Descriptor, Digest } from '../../src/oci/source.ts'
import { der, derTags as tags } from '../../src/verify/notation/der.ts'
import type { WritableRepository } from './memory-repository.ts'
import { ecdsaKey } from './signing.ts'

export const now = new Date('2026-06-01T12:00:00Z')
const day = 86_400_000
const later = (days: number) => new Date(now.getTime() + days * day)

export interface NotationAuthority {
  readonly root: X509Certificate
  issue(options?: LeafOptions): Promise<NotationSigner>
  /** DER; the serial numbers are those of `issue`. */
  revocationList(options?: { revoked?: readonly string[]; nextUpdate?: Date; issuer?: NotationAuthority }): Promise<Uint8Array>
  /** @internal for lists by another authority */
  readonly privateKey: KeyObject
}

export interface LeafOptions {
  readonly subject?: string
  readonly key?: 'P-256' | 'P-384' | 'RSA-2048'
  readonly usage?: 'codeSigning' | 'emailProtection' | 'ocspSigning'
  readonly keyUsage?: 'digitalSignature' | 'keyEncipherment'
  readonly notAfter?: Date
  readonly serialNumber?: string
  readonly listAt?: string
  readonly responderAt?: string
}

export interface NotationSigner {
  readonly privateKey: KeyObject
  /** DER, from the leaf up. */
  readonly chain: readonly Uint8Array[]
}

export const acme = 'C=US,ST=WA,O=Acme\\, Inc,CN=release'

export interface AuthorityOptions {
  /** Another key under the same name. */
  readonly keyName?: string
  /** False: a certificate that may not issue any. */
  readonly isAuthority?: boolean
  /** How many authorities may stand below it. */
  readonly pathLength?: number
  /** From `now`, for the authority and for what it issues. For programs that have their own clock. */
  readonly lifetimeDays?: number
}

export async function notationAuthority(
  name = 'acme',
  { keyName = name, isAuthority = true, pathLength = 0, lifetimeDays }: AuthorityOptions = {},
): Promise<NotationAuthority> {
  x509.cryptoProvider.set(webcrypto as typeof globalThis.crypto)
  const { privateKey } = ecdsaKey(`${keyName} notation root`, 'P-384')
  const [signingKey, publicKey] = await Promise.all([webKey(privateKey, 'sign'), webKey(createPublicKey(privateKey), 'verify')])
  const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-384' }
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: `C=US,ST=WA,O=${name},CN=root`,
    notBefore: later(-365),
    notAfter: later(lifetimeDays ?? 365),
    signingAlgorithm,
    keys: { privateKey: signingKey, publicKey },
    extensions: [
      new x509.BasicConstraintsExtension(isAuthority, isAuthority ? pathLength : undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  })
  return {
    root: new X509Certificate(Buffer.from(root.rawData)),
    privateKey,
    async issue({
      subject = acme,
      key = 'P-256',
      usage = 'codeSigning',
      keyUsage = 'digitalSignature',
      notAfter = later(lifetimeDays ?? 30),
      serialNumber = '1234',
      listAt,
      responderAt,
    } = {}) {
      const leaf =
        key === 'RSA-2048' ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey : ecdsaKey(`${name} signer`, key).privateKey
      const extensions: x509.Extension[] = [
        new x509.KeyUsagesExtension(x509.KeyUsageFlags[keyUsage], true),
        new x509.ExtendedKeyUsageExtension([usage === 'ocspSigning' ? '1.3.6.1.5.5.7.3.9' : x509.ExtendedKeyUsage[usage]]),
      ]
      if (responderAt) extensions.push(new x509.AuthorityInfoAccessExtension({ ocsp: responderAt }))
      if (listAt) extensions.push(new x509.CRLDistributionPointsExtension([listAt]))
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber,
        subject,
        issuer: root.subject,
        notBefore: later(-30),
        notAfter,
        publicKey: await webKey(createPublicKey(leaf), 'verify'),
        signingKey,
        signingAlgorithm,
        extensions,
      })
      return { privateKey: leaf, chain: [new Uint8Array(certificate.rawData), new Uint8Array(root.rawData)] }
    },
    async revocationList({ revoked = [], nextUpdate = later(1), issuer } = {}) {
      const list = await x509.X509CrlGenerator.create({
        issuer: root.subject,
        thisUpdate: later(-1),
        nextUpdate,
        entries: revoked.map((serialNumber) => ({ serialNumber, revocationDate: later(-2) })),
        signingAlgorithm,
        signingKey: issuer ? await webKey(issuer.privateKey, 'sign') : signingKey,
      })
      return new Uint8Array(list.rawData)
    },
  }
}

async function webKey(key: KeyObject, usage: 'sign' | 'verify'): Promise<webcrypto.CryptoKey> {
  const jwk = key.export({ format: 'jwk' })
  const algorithm = jwk.kty === 'RSA' ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } : { name: 'ECDSA', namedCurve: jwk.crv ?? '' }
  return webcrypto.subtle.importKey('jwk', jwk as webcrypto.JsonWebKey, algorithm, true, [usage])
}

export interface EnvelopeOptions {
  readonly digest: Digest
  readonly signer: NotationSigner
  readonly algorithm?: 'ES256' | 'ES384' | 'PS256'
  readonly payload?: unknown
  readonly contentType?: string
  readonly expiry?: Date
  /** Signed under the scheme of an authority, who vouches for this time. */
  readonly authenticSigningTime?: Date
  readonly scheme?: string
  readonly critical?: readonly string[]
  /** A timestamp's place, not covered by the signature. */
  readonly timestamp?: Uint8Array
}

const name = (suffix: string) => `io.cncf.notary.${suffix}`

function contentOf(options: EnvelopeOptions) {
  const { digest, expiry, authenticSigningTime, signer } = options
  const rsa = signer.privateKey.asymmetricKeyType === 'rsa'
  return {
    algorithm: options.algorithm ?? (rsa ? 'PS256' : 'ES256'),
    payload: Buffer.from(
      JSON.stringify(options.payload ?? { targetArtifact: { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest, size: 7 } }),
    ),
    contentType: options.contentType ?? 'application/vnd.cncf.notary.payload.v1+json',
    scheme: options.scheme ?? (authenticSigningTime ? 'notary.x509.signingAuthority' : 'notary.x509'),
    critical: options.critical ?? [
      name('signingScheme'),
      ...(expiry ? [name('expiry')] : []),
      ...(authenticSigningTime ? [name('authenticSigningTime')] : []),
    ],
    times: { ...(authenticSigningTime ? { authenticSigningTime } : { signingTime: later(-3) }), ...(expiry && { expiry }) },
  }
}

function signBytes(key: KeyObject, algorithm: string, data: Uint8Array): Uint8Array {
  const hash = `sha${algorithm.slice(2)}`
  if (algorithm.startsWith('ES')) return sign(hash, data, { key, dsaEncoding: 'ieee-p1363' })
  return sign(hash, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST })
}

export interface JwsJson {
  payload: string
  protected: string
  header: { x5c: string[]; [name: string]: unknown }
  signature: string
}

export function jwsEnvelope(options: EnvelopeOptions): JwsJson {
  const { algorithm, payload, contentType, scheme, critical, times } = contentOf(options)
  const header = {
    alg: algorithm,
    cty: contentType,
    crit: critical,
    [name('signingScheme')]: scheme,
    ...Object.fromEntries(Object.entries(times).map(([key, time]) => [name(key), time.toISOString()])),
  }
  const protectedText = Buffer.from(JSON.stringify(header)).toString('base64url')
  const payloadText = payload.toString('base64url')
  const signature = signBytes(options.signer.privateKey, algorithm, Buffer.from(`${protectedText}.${payloadText}`))
  const stamp = options.timestamp && Buffer.from(options.timestamp).toString('base64')
  const x5c = options.signer.chain.map((der) => Buffer.from(der).toString('base64'))
  return {
    payload: payloadText,
    protected: protectedText,
    header: { x5c, ...(stamp && { [name('timestampSignature')]: stamp }) },
    signature: Buffer.from(signature).toString('base64url'),
  }
}

const coseAlgorithms = { ES256: -7, ES384: -35, PS256: -37 } as const

export function coseEnvelope(options: EnvelopeOptions): Uint8Array {
  const { algorithm, payload, contentType, scheme, critical, times } = contentOf(options)
  const header = new Map<unknown, unknown>([
    [1, coseAlgorithms[algorithm]],
    [2, critical],
    [3, contentType],
    [name('signingScheme'), scheme],
  ])
  for (const [key, time] of Object.entries(times)) header.set(name(key), new Tagged(1, Math.floor(time.getTime() / 1000)))
  const protectedBytes = encode(header)
  const signature = signBytes(options.signer.privateKey, algorithm, encode(['Signature1', protectedBytes, new Uint8Array(), payload]))
  const unprotected = new Map<unknown, unknown>([[33, options.signer.chain]])
  if (options.timestamp) unprotected.set(name('timestampSignature'), options.timestamp)
  return encode(new Tagged(18, [protectedBytes, unprotected, payload, signature]))
}

export type EnvelopeType = 'application/jose+json' | 'application/cose'

export function attachNotation(
  repository: WritableRepository,
  subject: Descriptor,
  envelope: Uint8Array | JwsJson,
  type: EnvelopeType,
): void {
  const bytes = envelope instanceof Uint8Array ? envelope : JSON.stringify(envelope)
  repository.addManifest([repository.add(bytes, type)], { artifactType: 'application/vnd.cncf.notary.signature', subject })
}

export interface OcspOptions {
  readonly status?: 'good' | 'revoked' | 'unknown'
  readonly nextUpdate?: Date
  readonly serialNumber?: string
  /** Of the whole answer: 0 is success. */
  readonly outcome?: number
  /** Signs in place of the authority, and comes along. */
  readonly delegate?: NotationSigner
}

/** An OCSP answer for the serial number of `issue`. RFC 6960 4.2.1 */
export function ocspResponse(authority: NotationAuthority, options: OcspOptions = {}): Uint8Array {
  const { status = 'good', nextUpdate = later(1), serialNumber = '1234', outcome = 0, delegate } = options
  const time = (date: Date) => der(tags.generalizedTime, Buffer.from(`${date.toISOString().replace(/[-:T]|\.\d+/g, '')}`))
  const sequence = (...contents: Uint8Array[]) => der(tags.sequence, ...contents)
  const hash = der(tags.octetString, Buffer.alloc(20))
  const algorithm = sequence(der(tags.oid, Buffer.from('2b0e03021a', 'hex')), der(tags.null))
  const id = sequence(algorithm, hash, hash, der(tags.integer, Buffer.from(serialNumber, 'hex')))
  const answers = { good: der(0x80), revoked: der(0xa1, time(later(-2))), unknown: der(0x82) }
  const single = sequence(id, answers[status], time(later(-1)), der(0xa0, time(nextUpdate)))
  const data = sequence(der(0xa2, hash), time(later(-1)), sequence(single))
  const signature = sign('sha256', data, delegate?.privateKey ?? authority.privateKey)
  const ecdsaSha256 = sequence(der(tags.oid, Buffer.from('2a8648ce3d040302', 'hex')))
  const certificates = delegate ? [der(0xa0, sequence(Buffer.from(delegate.chain[0] ?? [])))] : []
  const basic = sequence(data, ecdsaSha256, der(tags.bitString, Buffer.from([0]), signature), ...certificates)
  const type = der(tags.oid, Buffer.from('2b0601050507300101', 'hex'))
  return sequence(der(tags.enumerated, Buffer.from([outcome])), der(0xa0, sequence(type, der(tags.octetString, basic))))
}
