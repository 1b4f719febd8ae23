/** One Sigstore bundle over one artifact: the conformance suite's `verify-bundle`. https://github.com/sigstore/sigstore-conformance/blob/main/docs/cli_protocol.md */
import type { Digest } from '../oci/source.ts'
import { artifactOfDigest, artifactOfStream } from './artifact.ts'
import type { KeylessSigner } from './keyless.ts'
import { parsePublicKey, type TrustedKey } from './keys.ts'
import type { BundleCheck } from './sigstore/check-bundle.ts'
import type { SigstoreRoot } from './sigstore/trusted-root.ts'

export interface VerifyBundleRequest {
  readonly bundle: Uint8Array
  readonly artifact: { readonly digest: Digest } | { readonly stream: AsyncIterable<Uint8Array> }
  readonly keys?: readonly TrustedKey[]
  readonly identities?: readonly KeylessSigner[]
  /** Default: Sigstore's public instance as it was when this program was built. */
  readonly root?: SigstoreRoot
}

/** Throws UsageError for a wrong key or digest, and VerificationError where nothing can be said. */
export async function verifyBundle(request: VerifyBundleRequest): Promise<BundleCheck> {
  // A bundle tells of its log entries itself: those that are there must verify, unless the caller says otherwise.
  const keys = (request.keys ?? []).map((key) => parsePublicKey({ transparencyLog: 'present', ...key }))
  const { artifact: given, identities = [] } = request
  const artifact = 'digest' in given ? artifactOfDigest(given.digest) : await artifactOfStream(given.stream)
  const [{ checkBundle }, { embeddedTrustedRoot }] = await Promise.all([
    import('./sigstore/check-bundle.ts'),
    import('./sigstore/trusted-root.ts'),
  ])
  const root = request.root ?? (await embeddedTrustedRoot())
  return checkBundle(request.bundle, artifact, { keys, identities, root })
}
