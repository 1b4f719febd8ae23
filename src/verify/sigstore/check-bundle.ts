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
  | (EntitySuccess & Stated)
  | ({ readonly status: 'untrusted' | 'invalid'; readonly code: BundleCode; readonly message: string } & Stated)

interface Stated {
  /** Absent where that could not be told. */
  readonly content?: 'message' | 'envelope'
  /** What the envelope says about the artifact: to be believed where the check is `verified`. */
  readonly statement?: Statement
}

export interface BundleContext {
  /** The artifact's bytes, for the few signatures that need them; without it the artifact is all that there is. */
  readonly whole?: () => Promise<Artifact>
  /** SHA-256 of the envelope as it was stored, in hex, where it did not come in a bundle. */
  readonly envelopeDigest?: string
}

/** Throws VerificationError where the trust or the artifact does not suffice to tell. */
export async function checkBundle(
  bytes: Uint8Array,
  artifact: Artifact,
  trust: SigstoreTrust,
  { whole = async () => artifact, envelopeDigest }: BundleContext = {},
): Promise<BundleCheck> {
  const bundle = readBundle(bytes)
  if ('code' in bundle) return { status: 'invalid', ...bundle }
  const content = bundle.content.$case === 'dsseEnvelope' ? 'envelope' : 'message'
  const about = await readContent(bundle, artifact, whole)
  if ('code' in about) return { status: 'invalid', content, ...about }
  let entity: ReturnType<typeof toSignedEntity>
  try {
    entity = toSignedEntity(bundle, Buffer.alloc(0))
  } catch {
    return { status: 'invalid', content, code: 'bundle-malformed', message: 'a certificate or a timestamp in the bundle does not parse' }
  }
  const check = checkEntity({ ...entity, signature: { ...about.signed, ...(envelopeDigest && { envelopeDigest }) } }, trust)
  return { ...check, content, ...(about.statement && { statement: about.statement }) }
}

interface About {
  readonly signed: SignedContent
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
  whole: () => Promise<Artifact>,
): Promise<About | { readonly code: BundleCode; readonly message: string; readonly statement?: Statement }> {
  if (content.$case === 'dsseEnvelope') {
    const { payload, payloadType, signatures } = content.dsseEnvelope
    const statement = readStatement(payloadType, payload, artifact)
    if ('code' in statement) return statement
    return { statement, signed: envelopeContent(signatures[0]?.sig ?? Buffer.alloc(0), payloadType, payload) }
  }
  const { messageDigest, signature } = content.messageSignature
  const hash = hashes.get(messageDigest.algorithm)
  if (!hash) return { code: 'artifact-hash', message: 'the bundle is about a digest by an unknown hash' }
  const known = artifact.digests.has(hash) ? artifact : await whole()
  const digest = known.digests.get(hash)
  if (!digest) return { code: 'artifact-hash', message: `the artifact's ${hash} digest is not known, which is what the bundle is about` }
  if (messageDigest.digest.toString('hex') !== digest) return { code: 'artifact-digest', message: 'the bundle is about another artifact' }
  return { signed: await messageContent(signature, hash, known.bytes ? known : await whole()) }
}
