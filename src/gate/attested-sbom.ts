/** An SBOM in place of an image's layers: used only when somebody whom the policy trusts for the image attested this very document. */
import { isDeepStrictEqual } from 'node:util'
import type { Image } from '../oci/image.ts'
import type { ImageSource } from '../oci/source.ts'
import { matchesPattern } from '../policy/patterns.ts'
import type { ImageEvidence } from '../scan/evidence.ts'
import { readSbomInput } from '../scan/sbom-input.ts'
import { predicateKind } from '../verify/attestations/kinds.ts'
import type { AttestationCheck } from '../verify/signature.ts'
import { verifyImage } from '../verify/verify-image.ts'
import type { ImageRequest } from './request.ts'

export interface SbomFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Throws where nobody who is trusted attested it, and where it cannot be read: the layers are not read instead, since that is not what was asked. */
export async function readAttestedSbom(
  { name, bytes }: SbomFile,
  image: Image,
  source: ImageSource,
  request: ImageRequest,
): Promise<ImageEvidence> {
  const { reference, digest } = image
  const repository = `${reference.registry}/${reference.repository}`
  const demands = request.demands.signers.filter(({ images }) => images.some((pattern) => matchesPattern(pattern, repository)))
  if (demands.length === 0) throw new Error(`${name} is not used: the policy names nobody who may sign for ${repository}`)
  const document: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  for (const { trust } of demands) {
    const { attestations = [] } = await verifyImage({ source, reference, digest, trust, attestations: true }, request.signal)
    if (attestations.some((attestation) => isThisSbom(attestation, document))) return readSbomInput(once(bytes), name)
  }
  throw new Error(`${name} is not used: nobody who is trusted for ${repository} attested it for ${digest}`)
}

function isThisSbom({ status, predicateType = '', predicate }: AttestationCheck, document: unknown): boolean {
  const kind = predicateKind(predicateType)
  return status === 'verified' && (kind === 'cyclonedx' || kind === 'spdx') && isDeepStrictEqual(predicate, document)
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
