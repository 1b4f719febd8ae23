/** Cosign's older signatures carry in annotations what a bundle has as fields: made one, they take the bundle's way. https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md#properties */
import type { Descriptor } from '../../oci/source.ts'

export const certificateAnnotation = 'dev.sigstore.cosign/certificate'
export const rekorAnnotation = 'dev.sigstore.cosign/bundle'
export const timestampAnnotation = 'dev.sigstore.cosign/rfc3161timestamp'

export type LegacyContent = { readonly messageSignature: object } | { readonly dsseEnvelope: unknown }

/**
 * The bytes of a v0.1 bundle. The chain annotation is left out: a chain that comes with the signature proves nothing that the trusted root
 * does not. Undefined for annotations that are malformed.
 */
export function legacyBundle({ annotations = new Map() }: Descriptor, content: LegacyContent): Uint8Array | undefined {
  const certificate = annotations.get(certificateAnnotation)
  const rekor = annotations.get(rekorAnnotation)
  const timestamp = annotations.get(timestampAnnotation)
  try {
    const material = {
      ...(certificate ? { x509CertificateChain: { certificates: [{ rawBytes: derOf(certificate) }] } } : { publicKey: { hint: '' } }),
      tlogEntries: rekor ? [logEntryOf(JSON.parse(rekor))] : [],
      ...(timestamp && { timestampVerificationData: { rfc3161Timestamps: [timestampOf(JSON.parse(timestamp))] } }),
    }
    const bundle = { mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1', verificationMaterial: material, ...content }
    return Buffer.from(JSON.stringify(bundle))
  } catch {
    // Whatever is not there or of another shape: the caller says that the annotations are malformed.
    return undefined
  }
}

function derOf(pem: string): string {
  const [, body] = /^\s*-----BEGIN CERTIFICATE-----\s([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*$/.exec(pem) ?? []
  if (!body) throw new TypeError('no certificate')
  return body.replace(/\s/g, '')
}

interface RekorBundle {
  readonly SignedEntryTimestamp: string
  readonly Payload: { readonly body: string; readonly integratedTime: number; readonly logIndex: number; readonly logID: string }
}

/** The shape is not trusted: what is missing throws here, or fails the library's checks. */
function logEntryOf({ SignedEntryTimestamp, Payload }: RekorBundle): object {
  const { body, integratedTime, logIndex, logID } = Payload
  const { kind, apiVersion } = JSON.parse(Buffer.from(body, 'base64').toString())
  return {
    logIndex: String(logIndex),
    logId: { keyId: Buffer.from(logID, 'hex').toString('base64') },
    kindVersion: { kind, version: apiVersion },
    integratedTime: String(integratedTime),
    inclusionPromise: { signedEntryTimestamp: SignedEntryTimestamp },
    canonicalizedBody: body,
  }
}

function timestampOf({ SignedRFC3161Timestamp }: { readonly SignedRFC3161Timestamp: string }): object {
  return { signedTimestamp: SignedRFC3161Timestamp }
}
