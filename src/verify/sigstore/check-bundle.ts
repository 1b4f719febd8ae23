/** One bundle held against one artifact and those whom we trust. https://github.com/sigstore/architecture-docs/blob/main/client-spec.md#4-verification */
import type { Bundle } from '@sigstore/bundle'
import { HashAlgorithm } from '@sigstore/protobuf-specs'
import { toSignedEntity } from '@sigstore/verify'
import type { Artifact, HashName } from '../artifact.ts'
import { readStatement, type Statement, type StatementFailure } from '../statement.ts'
import { type BundleFailure, readBundle } from './bundle.ts'
import { checkEntity } from './check-entity.ts'
import { envelopeContent, messageContent, type SignedContent } from './content.ts'
import type { EntityFailure, EntitySuccess, SigstoreTrust } from './entity.ts'

export type BundleCode = BundleFailure['code'] | EntityFailure['code'] | StatementFailure['code'] | 'artifact-digest' | 'artifact-hash'

export type BundleCheck =
  | (EntitySuccess & {
      /** What the envelope says about the artifact; absent for a signature over the artifact itself. */
      readonly statement?: Statement
    })
  | { readonly status: 'untrusted' | 'invalid'; readonly code: BundleCode; readonly message: string }

/** Throws VerificationError where the trust or the artifact does not suffice to tell. */
export async function checkBundle(bytes: Uint8Array, artifact: Artifact, trust: SigstoreTrust): Promise<BundleCheck> {
  const bundle = readBundle(bytes)
  if ('code' in bundle) return { status: 'invalid', ...bundle }
  const about = await readContent(bundle, artifact)
  if ('code' in about) return { status: 'invalid', ...about }
  let entity: ReturnType<typeof toSignedEntity>
  try {
    entity = toSignedEntity(bundle, Buffer.alloc(0))
  } catch {
    return { status: 'invalid', code: 'bundle-malformed', message: 'a certificate or a timestamp in the bundle does not parse' }
  }
  const check = checkEntity({ ...entity, signature: about.content }, trust)
  return check.status === 'verified' && about.statement ? { ...check, statement: about.statement } : check
}

interface About {
  readonly content: SignedContent
  readonly statement?: Statement
}

const hashes: ReadonlyMap<HashAlgorithm, HashName> = new Map([
  [HashAlgorithm.SHA2_256, 'sha256'],
  [HashAlgorithm.SHA2_384, 'sha384'],
  [HashAlgorithm.SHA2_512, 'sha512'],
])

async function readContent(
  { content }: Bundle,
  artifact: Artifact,
): Promise<About | { readonly code: BundleCode; readonly message: string }> {
  if (content.$case === 'dsseEnvelope') {
    const { payload, payloadType, signatures } = content.dsseEnvelope
    const statement = readStatement(payloadType, payload, artifact)
    if ('code' in statement) return statement
    return { statement, content: envelopeContent(signatures[0]?.sig ?? Buffer.alloc(0), payloadType, payload) }
  }
  const { messageDigest, signature } = content.messageSignature
  const hash = hashes.get(messageDigest.algorithm)
  const digest = hash && artifact.digests.get(hash)
  if (!hash || !digest) return { code: 'artifact-hash', message: `the artifact's digest by the bundle's hash is not known` }
  if (messageDigest.digest.toString('hex') !== digest) return { code: 'artifact-digest', message: 'the bundle is about another artifact' }
  return { content: await messageContent(signature, hash, artifact) }
}
