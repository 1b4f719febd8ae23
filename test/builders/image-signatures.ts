/** Signatures and attestations beside an image, as cosign lays them. */
import type { Descriptor, Digest } from '../../src/oci/source.ts'
import { type BundleJson, type BundleOptions, type EnvelopeBundleJson, envelopeBundle, messageBundle } from './bundle.ts'
import type { WritableRepository } from './memory-repository.ts'
import type { SigstoreInstance } from './sigstore.ts'

export const bundleMediaType = 'application/vnd.dev.sigstore.bundle.v0.3+json'

export function statementAbout(digest: Digest, predicateType: string, predicate: unknown): object {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: '', digest: { sha256: digest.slice(7) } }],
    predicateType,
    predicate,
  }
}

/** What `cosign sign` writes since version 3. */
export function signStatement(digest: Digest): object {
  return statementAbout(digest, 'https://sigstore.dev/cosign/sign/v1', {})
}

export function attachBundle(
  repository: WritableRepository,
  subject: Descriptor,
  bundle: BundleJson,
  { listed = 'typed' }: { readonly listed?: 'typed' | 'untyped' } = {},
): { readonly layer: Descriptor } {
  const layer = repository.add(JSON.stringify(bundle), bundleMediaType)
  repository.addManifest([layer], { ...(listed === 'typed' && { artifactType: bundleMediaType }), subject })
  return { layer }
}

/** `cosign sign` before version 3, with all annotations. A `key` in the options makes it one by key. */
export async function cosignKeyless(
  repository: WritableRepository,
  sigstore: SigstoreInstance,
  digest: Digest,
  options: BundleOptions = {},
  annotations: Readonly<Record<string, string>> = {},
): Promise<void> {
  const critical = {
    identity: { 'docker-reference': '' },
    image: { 'docker-manifest-digest': digest },
    type: 'cosign container image signature',
  }
  const payload = Buffer.from(JSON.stringify({ critical, optional: null }))
  const bundle = await messageBundle(sigstore, payload, { ...options, version: '0.1' })
  const signature = { 'dev.cosignproject.cosign/signature': bundle.messageSignature.signature }
  const all = { ...signature, ...legacyAnnotations(bundle), ...annotations }
  const layer = repository.add(payload, 'application/vnd.dev.cosign.simplesigning.v1+json', { annotations: new Map(Object.entries(all)) })
  repository.tag(`${digest.replace(':', '-')}.sig`, repository.addManifest([layer]))
}

/** `cosign attest` before version 3. */
export async function cosignAttest(
  repository: WritableRepository,
  sigstore: SigstoreInstance,
  digest: Digest,
  payload: string | object,
  options: BundleOptions = {},
): Promise<void> {
  const bundle: EnvelopeBundleJson = await envelopeBundle(sigstore, payload, { ...options, version: '0.1' })
  const annotations = new Map(Object.entries({ 'dev.cosignproject.cosign/signature': '', ...legacyAnnotations(bundle) }))
  const layer = repository.add(JSON.stringify(bundle.dsseEnvelope), 'application/vnd.dsse.envelope.v1+json', { annotations })
  repository.tag(`${digest.replace(':', '-')}.att`, repository.addManifest([layer]))
}

function legacyAnnotations({ verificationMaterial: material }: BundleJson): Record<string, string> {
  const [der] = material.x509CertificateChain?.certificates ?? []
  const [entry] = material.tlogEntries
  const [stamp] = material.timestampVerificationData?.rfc3161Timestamps ?? []
  const rekor = entry && {
    SignedEntryTimestamp: entry.inclusionPromise?.signedEntryTimestamp,
    Payload: {
      body: entry.canonicalizedBody,
      integratedTime: Number(entry.integratedTime),
      logIndex: Number(entry.logIndex),
      logID: Buffer.from(entry.logId.keyId, 'base64').toString('hex'),
    },
  }
  return {
    ...(der && {
      'dev.sigstore.cosign/certificate': `-----BEGIN CERTIFICATE-----\n${der.rawBytes.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    }),
    ...(rekor && { 'dev.sigstore.cosign/bundle': JSON.stringify(rekor) }),
    ...(stamp && { 'dev.sigstore.cosign/rfc3161timestamp': JSON.stringify({ SignedRFC3161Timestamp: stamp.signedTimestamp }) }),
  }
}
