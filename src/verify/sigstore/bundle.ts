/** A Sigstore bundle as bytes. https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto */
import { type Bundle, bundleFromJSON } from '@sigstore/bundle'
import { quote } from '../../findings.ts'
import { decodeBase64 } from '../base64.ts'

/** A bundle may carry a whole SBOM. */
export const maxBundleBytes = 16 * 1024 * 1024

export type BundleFailure = {
  readonly code: 'bundle-malformed' | 'bundle-media-type' | 'bundle-encoding' | 'duplicate-log-entry'
  readonly message: string
}

const mediaTypes: ReadonlySet<unknown> = new Set([
  'application/vnd.dev.sigstore.bundle+json;version=0.1',
  'application/vnd.dev.sigstore.bundle+json;version=0.2',
  'application/vnd.dev.sigstore.bundle+json;version=0.3',
  'application/vnd.dev.sigstore.bundle.v0.3+json',
])

export function readBundle(bytes: Uint8Array): Bundle | BundleFailure {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return { code: 'bundle-malformed', message: 'the bundle is not JSON' }
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return { code: 'bundle-malformed', message: 'the bundle is not an object' }
  const mediaType: unknown = (json as { mediaType?: unknown }).mediaType
  if (!mediaTypes.has(mediaType)) {
    return { code: 'bundle-media-type', message: `the bundle is of an unknown version: ${quote(String(mediaType))}` }
  }
  const field = badlyEncodedField(json)
  if (field) return { code: 'bundle-encoding', message: `${quote(field)} of the bundle is not base64` }
  let bundle: Bundle
  try {
    bundle = bundleFromJSON(json)
  } catch (cause) {
    return {
      code: 'bundle-malformed',
      message: `the bundle has not the shape of its version: ${quote(cause instanceof Error ? cause.message : '')}`,
    }
  }
  if (hasDuplicateEntries(bundle)) return { code: 'duplicate-log-entry', message: 'the bundle holds the same log entry twice' }
  return bundle
}

/** Those that the protobuf library would decode leniently. */
const bytesFields: ReadonlySet<string> = new Set([
  'canonicalizedBody',
  'digest',
  'hashes',
  'keyId',
  'payload',
  'rawBytes',
  'rootHash',
  'sig',
  'signature',
  'signedEntryTimestamp',
  'signedTimestamp',
])

/** Bundles are some eight levels deep. */
const maxDepth = 32

function badlyEncodedField(value: unknown, key = '', depth = 0): string | undefined {
  if (depth > maxDepth) return key
  if (typeof value === 'string') return bytesFields.has(key) && decodeBase64(value) === undefined ? key : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, below] of Object.entries(value)) {
    const found = badlyEncodedField(below, Array.isArray(value) ? key : name, depth + 1)
    if (found) return found
  }
  return undefined
}

function hasDuplicateEntries({ verificationMaterial: { tlogEntries } }: Bundle): boolean {
  const names = tlogEntries.map(({ logId, canonicalizedBody }) => `${logId?.keyId.toString('hex')} ${canonicalizedBody.toString('hex')}`)
  return new Set(names).size < names.length
}
