/** A Sigstore instance of the test's own: certificate authority, certificate log, transparency logs and timestamp authority. */
import 'reflect-metadata'
import { createHash, createPublicKey, type KeyObject, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import { initializeCTLog, initializeTSA } from '@sigstore/mock'
import { HashAlgorithm, PublicKeyDetails, TrustedRoot } from '@sigstore/protobuf-specs'
import { readTrustedRoot, type SigstoreRoot } from '../../src/verify/sigstore/trusted-root.ts'
import { ecdsaKey, type SigningKey } from './signing.ts'
import { type TransparencyLog, transparencyLog } from './transparency-log.ts'

export interface SigstoreInstance {
  /** When everything is signed, to the second. The certificate lasts for ten minutes from here. */
  readonly now: Date
  readonly rekor: TransparencyLog
  /** As version 2 of Rekor: no promise, no time. */
  readonly rekor2: TransparencyLog
  readonly root: SigstoreRoot
  readonly rootJson: string
  issue(options?: CertificateOptions): Promise<IssuedCertificate>
  /** An RFC 3161 response over these bytes. */
  timestamp(data: Uint8Array): Promise<Uint8Array>
}

export interface CertificateOptions {
  readonly subject?: CertificateSubject
  readonly issuer?: string
  /** By the last number of Fulcio's arc. */
  readonly extensions?: Readonly<Record<number, string>>
  readonly notBefore?: Date
  readonly usage?: 'codeSigning' | 'emailProtection'
  /** False: without a signed certificate timestamp. `other`: by a log of someone else. */
  readonly sct?: boolean | 'other'
}

export interface CertificateSubject {
  readonly type: 'url' | 'email'
  readonly value: string
}

export interface IssuedCertificate {
  readonly der: Uint8Array
  readonly key: SigningKey
}

export const workflow = 'https://github.com/acme/shop/.github/workflows/release.yaml@refs/heads/main'
const workflowSubject: CertificateSubject = { type: 'url', value: workflow }
export const githubIssuer = 'https://token.actions.githubusercontent.com'

const hash = { name: 'ECDSA', hash: 'SHA-384' }
const minute = 60_000
const rootPolicy = { year: 365 * 24 * 60 * minute }

/** `name` makes the keys: two instances of different names do not trust each other. */
export async function sigstoreInstance(name = 'test'): Promise<SigstoreInstance> {
  x509.cryptoProvider.set(webcrypto as typeof globalThis.crypto)
  // The timestamp authority's own certificates begin when they are made, however long that takes: everything is signed after that.
  const now = new Date(Math.floor(Date.now() / 1000) * 1000 + 10 * minute)
  const keys = pair(`${name} authority`, 'P-384')
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: `CN=fulcio,O=${name}`,
    notBefore: now,
    notAfter: new Date(now.getTime() + rootPolicy.year),
    signingAlgorithm: hash,
    keys: { privateKey: await webKey(keys.privateKey, ['sign']), publicKey: await webKey(createPublicKey(keys.privateKey), ['verify']) },
    extensions: [new x509.BasicConstraintsExtension(true, 0, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)],
  })
  const ctKeys = pair(`${name} certificate log`)
  const ctlog = await initializeCTLog(ctKeys, now)
  const otherCtlog = await initializeCTLog(pair(`${name} other certificate log`), now)
  const tsa = await initializeTSA(pair(`${name} timestamps`), now)
  const rekor = transparencyLog(`rekor.${name}.example`, ecdsaKey(`${name} rekor`))
  const rekor2 = transparencyLog(`log2.rekor.${name}.example`, ecdsaKey(`${name} rekor2`))
  const rootJson = trustedRootJson({
    name,
    start: new Date(now.getTime() - minute),
    logs: [rekor, rekor2],
    certificateLogs: [{ host: `ctfe.${name}.example`, publicKey: ctlog.publicKey }],
    authority: [Buffer.from(authority.rawData)],
    timestampAuthority: [tsa.intCertificate, tsa.rootCertificate],
  })
  const privateKey = await webKey(keys.privateKey, ['sign'])
  const issuerId = createHash('sha256')
    .update(createPublicKey(keys.privateKey).export({ type: 'spki', format: 'der' }))
    .digest()

  return {
    now,
    rekor,
    rekor2,
    rootJson,
    root: readTrustedRoot(Buffer.from(rootJson), name),
    async issue({
      subject = workflowSubject,
      issuer = githubIssuer,
      extensions = {},
      notBefore = now,
      usage = 'codeSigning',
      sct = true,
    } = {}) {
      const key = ecdsaKey(`${name} signer`)
      const utf8 = (number: number, text: string) =>
        new x509.Extension(`1.3.6.1.4.1.57264.1.${number}`, false, number < 7 ? Buffer.from(text) : derUtf8(text))
      const fields = {
        serialNumber: '11182004',
        subject: '',
        issuer: authority.subject,
        notBefore,
        notAfter: new Date(notBefore.getTime() + 10 * minute),
        publicKey: await webKey(createPublicKey(key.privateKey), ['verify']),
        signingKey: privateKey,
        signingAlgorithm: hash,
        extensions: [
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[usage]]),
          new x509.SubjectAlternativeNameExtension([subject], true),
          utf8(8, issuer),
          ...Object.entries(extensions).map(([number, text]) => utf8(Number(number), text)),
        ],
      }
      if (sct !== false) {
        const draft = await x509.X509CertificateGenerator.create(fields)
        const stamp = await (sct === 'other' ? otherCtlog : ctlog).log(draft.rawData, issuerId as unknown as ArrayBuffer)
        fields.extensions.push(sctExtension(new Uint8Array(stamp)))
      }
      const certificate = await x509.X509CertificateGenerator.create(fields)
      return { der: new Uint8Array(certificate.rawData), key }
    },
    async timestamp(data) {
      const request = {
        artifactHash: createHash('sha256').update(data).digest(),
        hashAlgorithmOID: '2.16.840.1.101.3.4.2.1',
        nonce: 1,
        policyOID: '1.3.6.1.4.1.57264.2',
      }
      const { buffer, byteOffset, byteLength } = await tsa.timestamp(request)
      return Buffer.from(buffer, byteOffset, byteLength)
    },
  }
}

export interface RootParts {
  readonly name: string
  readonly start: Date
  readonly logs: readonly { readonly host: string; readonly publicKey: Uint8Array }[]
  readonly certificateLogs: readonly { readonly host: string; readonly publicKey: Uint8Array }[]
  /** DER, from the leaf up. */
  readonly authority: readonly ArrayBufferView[]
  readonly timestampAuthority: readonly ArrayBufferView[]
}

export function trustedRootJson({ name, start, logs, certificateLogs, authority, timestampAuthority }: RootParts): string {
  const validFor = { start }
  const logOf = (log: RootParts['logs'][number]) => ({
    baseUrl: `https://${log.host}`,
    hashAlgorithm: HashAlgorithm.SHA2_256,
    publicKey: { rawBytes: Buffer.from(log.publicKey), keyDetails: PublicKeyDetails.PKIX_ECDSA_P256_SHA_256, validFor },
    logId: { keyId: createHash('sha256').update(log.publicKey).digest() },
    checkpointKeyId: undefined,
    operator: name,
  })
  const authorityOf = (certificates: readonly ArrayBufferView[]) => ({
    subject: { commonName: 'fulcio', organization: name },
    uri: `https://fulcio.${name}.example`,
    certChain: {
      certificates: certificates.map(({ buffer, byteOffset, byteLength }) => ({ rawBytes: Buffer.from(buffer, byteOffset, byteLength) })),
    },
    validFor,
    operator: name,
  })
  const root: TrustedRoot = {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: logs.map(logOf),
    ctlogs: certificateLogs.map(logOf),
    certificateAuthorities: [authorityOf(authority)],
    timestampAuthorities: [authorityOf(timestampAuthority)],
  }
  return JSON.stringify(TrustedRoot.toJSON(root))
}

function pair(name: string, curve: 'P-256' | 'P-384' = 'P-256'): { privateKey: KeyObject; publicKey: KeyObject } {
  const { privateKey } = ecdsaKey(name, curve)
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

async function webKey(key: KeyObject, usages: ('sign' | 'verify')[]): Promise<webcrypto.CryptoKey> {
  const jwk = key.export({ format: 'jwk' })
  const algorithm = { name: 'ECDSA', namedCurve: jwk.crv ?? '' }
  return webcrypto.subtle.importKey('jwk', jwk as webcrypto.JsonWebKey, algorithm, true, usages)
}

/** RFC 6962 3.3: a list of one in an OCTET STRING; the stamp comes with its own length before it. */
function sctExtension(one: Uint8Array): x509.Extension {
  const list = Buffer.concat([Buffer.from([0, one.length]), one])
  return new x509.Extension('1.3.6.1.4.1.11129.2.4.2', false, Buffer.concat([Buffer.from([0x04, ...derLength(list.length)]), list]))
}

function derUtf8(text: string): Uint8Array {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.from([0x0c, ...derLength(bytes.length)]), bytes])
}

function derLength(length: number): number[] {
  return length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
}
