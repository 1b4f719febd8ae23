/** Signatures that cosign keeps beside the image, under a tag made of its digest. https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md#storage */
import { RegistryError } from '../oci/errors.ts'
import type { Descriptor, Digest, ImageSource, Reference } from '../oci/source.ts'
import { readArtifactManifest } from './artifact-manifest.ts'

export type CosignTagSuffix = 'sig' | 'att' | 'sbom'

/** Where cosign looks: the image's own repository, `sha256-<hex>.sig`. */
export function cosignTag(reference: Reference, digest: Digest, suffix: CosignTagSuffix): Reference {
  const tag = `${digest.replace(':', '-')}.${suffix}`
  const { registry, repository } = reference
  return { registry, repository, tag, text: `${registry}/${repository}:${tag}` }
}

/**
 * The layers below that tag, each one signature or attestation with its annotations; none where the registry says for certain that there
 * is no such tag. Throws RegistryError for every other answer, and VerificationError for a manifest that is none.
 */
export async function listCosignTag(
  source: ImageSource,
  reference: Reference,
  digest: Digest,
  suffix: CosignTagSuffix,
  signal: AbortSignal,
): Promise<readonly Descriptor[]> {
  const descriptor = await resolveIfThere(source, cosignTag(reference, digest, suffix), signal)
  if (!descriptor) return []
  return (await readArtifactManifest(source, descriptor, signal)).layers
}

/** Whether cosign left an SBOM beside the image. It is signed by nobody, and decides nothing: where the registry does not answer, it is not there. */
export async function hasSbomTag(source: ImageSource, reference: Reference, digest: Digest, signal: AbortSignal): Promise<boolean> {
  try {
    return (await resolveIfThere(source, cosignTag(reference, digest, 'sbom'), signal)) !== undefined
  } catch {
    signal.throwIfAborted()
    return false
  }
}

async function resolveIfThere(source: ImageSource, reference: Reference, signal: AbortSignal): Promise<Descriptor | undefined> {
  try {
    return await source.resolve(reference, signal)
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'not-found') return undefined
    throw error
  }
}
