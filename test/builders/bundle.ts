/** Sigstore bundles as JSON, right in all but what a test changes afterwards. */
import { createHash } from 'node:crypto'
import { preAuthEncoding } from '../../src/verify/sigstore/content.ts'
import type { SigningKey } from './signing.ts'
import type { CertificateOptions, SigstoreInstance } from './sigstore.ts'
import type { LogEntryJson, TransparencyLog } from './transparency-log.ts'

export type BundleVersion = '0.1' | '0.2' | '0.3'

export interface BundleOptions {
  readonly version?: BundleVersion
  /** Signs with this key, in place of a certificate. */
  readonly key?: SigningKey
  readonly certificate?: CertificateOptions
  /** Default 1. Version 2 has no time of its own, and gets a timestamp. 0: no entry. */
  readonly rekor?: 0 | 1 | 2
  readonly timestamp?: boolean
  /** Another kind and version than the log would have. */
  readonly logKind?: string
  /** The entry that `cosign attest` wrote before 2023, about an envelope of this JSON; `true`: about the one that is made. */
  readonly oldIntoto?: boolean | string
  /** The log of somebody else. */
  readonly log?: TransparencyLog
  /** When the log took it. */
  readonly integratedTime?: Date
}

export interface BundleJson {
  mediaType: string
  verificationMaterial: {
    certificate?: { rawBytes: string }
    x509CertificateChain?: { certificates: { rawBytes: string }[] }
    publicKey?: { hint: string }
    tlogEntries: LogEntryJson[]
    timestampVerificationData?: { rfc3161Timestamps: { signedTimestamp: string }[] }
  }
}

export interface MessageBundleJson extends BundleJson {
  messageSignature: { messageDigest: { algorithm: string; digest: string }; signature: string }
}

export interface EnvelopeBundleJson extends BundleJson {
  dsseEnvelope: { payload: string; payloadType: string; signatures: { sig: string; keyid: string }[] }
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
const pemOf = (der: Uint8Array) => `-----BEGIN CERTIFICATE-----\n${base64(der).replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`

/** A signature over the artifact itself. */
export async function messageBundle(
  sigstore: SigstoreInstance,
  artifact: Uint8Array,
  options: BundleOptions = {},
): Promise<MessageBundleJson> {
  const signer = await signerOf(sigstore, options)
  const signature = signer.key.sign(artifact)
  const digest = digestOf(artifact)
  const entry =
    options.rekor === 2
      ? hashedRekord2(digest, signature, signer.verifier2)
      : {
          apiVersion: '0.0.1',
          kind: 'hashedrekord',
          spec: {
            data: { hash: { algorithm: 'sha256', value: digest.toString('hex') } },
            signature: { content: base64(signature), publicKey: { content: base64(Buffer.from(signer.pem)) } },
          },
        }
  const messageSignature = { messageDigest: { algorithm: 'SHA2_256', digest: base64(digest) }, signature: base64(signature) }
  return { ...(await wrap(sigstore, signer, signature, entry, options)), messageSignature }
}

/** A DSSE envelope. */
export async function envelopeBundle(
  sigstore: SigstoreInstance,
  payload: string | object,
  options: BundleOptions & { readonly payloadType?: string } = {},
): Promise<EnvelopeBundleJson> {
  const { payloadType = 'application/vnd.in-toto+json' } = options
  const signer = await signerOf(sigstore, options)
  const bytes = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload))
  const signed = preAuthEncoding(payloadType, bytes)
  const signature = signer.key.sign(signed)
  const entry =
    options.rekor === 2
      ? hashedRekord2(digestOf(signed), signature, signer.verifier2)
      : {
          apiVersion: '0.0.1',
          kind: 'dsse',
          spec: {
            envelopeHash: { algorithm: 'sha256', value: digestOf(bytes).toString('hex') },
            payloadHash: { algorithm: 'sha256', value: digestOf(bytes).toString('hex') },
            signatures: [{ signature: base64(signature), verifier: base64(Buffer.from(signer.pem)) }],
          },
        }
  const dsseEnvelope = { payload: base64(bytes), payloadType, signatures: [{ sig: base64(signature), keyid: '' }] }
  const { oldIntoto } = options
  if (oldIntoto) {
    const envelope = typeof oldIntoto === 'string' ? oldIntoto : JSON.stringify(dsseEnvelope)
    const content = { hash: { algorithm: 'sha256', value: digestOf(Buffer.from(envelope)).toString('hex') } }
    const old = { apiVersion: '0.0.1', kind: 'intoto', spec: { content, publicKey: base64(Buffer.from(signer.pem)) } }
    return { ...(await wrap(sigstore, signer, signature, old, options)), dsseEnvelope }
  }
  return { ...(await wrap(sigstore, signer, signature, entry, options)), dsseEnvelope }
}

interface BundleSigner {
  readonly key: SigningKey
  readonly der?: Uint8Array
  readonly pem: string
  readonly verifier2: object
}

async function signerOf(sigstore: SigstoreInstance, { key, certificate }: BundleOptions): Promise<BundleSigner> {
  if (key)
    return {
      key,
      pem: key.pem,
      verifier2: { keyDetails: 'PKIX_ECDSA_P256_SHA_256', publicKey: { rawBytes: base64(Buffer.from(key.pem)) } },
    }
  const issued = await sigstore.issue(certificate)
  const verifier2 = { keyDetails: 'PKIX_ECDSA_P256_SHA_256', x509Certificate: { rawBytes: base64(issued.der) } }
  return { key: issued.key, der: issued.der, pem: pemOf(issued.der), verifier2 }
}

function hashedRekord2(digest: Uint8Array, signature: Uint8Array, verifier: object): object {
  const hashedRekordV002 = { data: { algorithm: 'SHA2_256', digest: base64(digest) }, signature: { content: base64(signature), verifier } }
  return { apiVersion: '0.0.2', kind: 'hashedrekord', spec: { hashedRekordV002 } }
}

async function wrap(sigstore: SigstoreInstance, { der }: BundleSigner, signature: Uint8Array, entry: object, options: BundleOptions) {
  const { version = '0.3', rekor = 1, timestamp = rekor === 2, integratedTime = sigstore.now } = options
  const log = options.log ?? (rekor === 2 ? sigstore.rekor2 : sigstore.rekor)
  const [kind, apiVersion] = options.logKind?.split(' ') ?? []
  const logged = { ...entry, ...(kind && { kind, apiVersion }) }
  const tlogEntries = rekor === 0 ? [] : [log.add(logged, integratedTime, rekor)]
  if (version === '0.1') for (const found of tlogEntries) delete found.inclusionProof
  const rawBytes = base64(der ?? new Uint8Array())
  const who = !der
    ? { publicKey: { hint: '' } }
    : version === '0.3'
      ? { certificate: { rawBytes } }
      : { x509CertificateChain: { certificates: [{ rawBytes }] } }
  const stamps = timestamp ? { rfc3161Timestamps: [{ signedTimestamp: base64(await sigstore.timestamp(signature)) }] } : undefined
  return {
    mediaType:
      version === '0.3' ? 'application/vnd.dev.sigstore.bundle.v0.3+json' : `application/vnd.dev.sigstore.bundle+json;version=${version}`,
    verificationMaterial: { ...who, tlogEntries, ...(stamps && { timestampVerificationData: stamps }) },
  }
}
