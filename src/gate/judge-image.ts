/** One image judged: read once, its evidence matched with advisories, its signatures held against the policy. */
import type { Anomaly, ImageSubject, Package, Problem } from '../findings.ts'
import { type Image, openImages } from '../oci/image.ts'
import type { ImageSource, Reference } from '../oci/source.ts'
import { type OpenSource, openSource } from '../oci/sources.ts'
import type { ImageProfile } from '../scan/profile.ts'
import { checkSignature, type Signature } from './check-signature.ts'
import { messageOf } from './errors.ts'
import type { HistoryJudgement } from './history.ts'
import { mirrorsOf } from './mirrors.ts'
import { type Contents, readContents } from './read-contents.ts'
import type { ImageRequest } from './request.ts'
import { withVex } from './vex.ts'

/** What is known of one image on one platform; where it is used is not its business, and the policy's conditions are not held yet: see `hold-conditions.ts`. */
export interface ImageJudgement extends Pick<ImageSubject, 'digest' | 'platform' | 'signature' | 'signatureMessage' | 'packages'> {
  /** The reference as it was first written, with its digest: what findings call it. */
  readonly subject: string
  /** Registry and repository: what stays the same when the image is rebuilt. */
  readonly identity: string
  readonly reference: string
  readonly problems: readonly Problem[]
  readonly gaps: readonly string[]
  readonly inventory: readonly Package[]
  /** Absent where it could not be had. */
  readonly image?: Image
  /** Absent where its contents were not read. */
  readonly profile?: ImageProfile
  readonly anomaly?: Anomaly
  /** What decides nothing. */
  readonly notes?: readonly string[]
  /** Absent where it could not even be told which image is meant. */
  readonly opened?: Reference
  /** Whether it is known which vulnerabilities it has. */
  readonly isScanned?: boolean
}

/** One judgement a platform. Never rejects for what the image, its registry or its contents do: that is a gap of the image. */
export async function judgeImage(text: string, request: ImageRequest): Promise<readonly ImageJudgement[]> {
  const { access, signal, http, policy, policyDirectory, registriesOnly = false } = request
  let opened: OpenSource
  try {
    opened = await openSource(text, { http, mirrors: mirrorsOf(policy, policyDirectory), ...access, registriesOnly, signal })
  } catch (error) {
    return [unread(text, text, messageOf(error))]
  }
  try {
    return await judgeOpened(text, opened, request)
  } finally {
    await opened.close()
  }
}

async function judgeOpened(text: string, { source, reference }: OpenSource, request: ImageRequest): Promise<readonly ImageJudgement[]> {
  const identity = `${reference.registry}/${reference.repository}`
  let images: readonly Image[]
  try {
    images = await openImages(source, reference, request.platform, request.signal)
  } catch (error) {
    return [{ ...unread(text, identity, messageOf(error)), opened: reference }]
  }
  const [first] = images
  if (!first) return [unread(text, identity, `no image for the platform ${request.platform}`)]
  const [signature, ...contents] = await Promise.all([
    checkSignature(source, reference, first.digest, request),
    ...images.map((image) => readContents(image, source, request)),
  ])
  return Promise.all(
    images.map(async (image, index) => {
      const own = contents[index] ?? { packages: [], gaps: ['not read'] }
      const judged = judgement(text, identity, image, signature, own, request)
      return request.history ? withHistory(judged, await historyOf(text, image, own, source, request)) : judged
    }),
  )
}

async function historyOf(text: string, image: Image, { profile }: Contents, source: ImageSource, request: ImageRequest) {
  if (!profile) return undefined
  return (await import('./history.ts')).judgeHistory(text, image, profile, source, request)
}

function withHistory(judged: ImageJudgement, history: HistoryJudgement | undefined): ImageJudgement {
  if (!history) return judged
  const { anomaly, notes, problems } = history
  return { ...judged, problems: [...judged.problems, ...problems], ...(anomaly && { anomaly }), ...(notes.length > 0 && { notes }) }
}

function judgement(
  text: string,
  identity: string,
  image: Image,
  signature: Signature,
  contents: Contents,
  request: ImageRequest,
): ImageJudgement {
  const vulnerabilities = withVex(contents.vulnerabilities ?? [], [...request.vex.statements, ...signature.vex], image)
  const { os, architecture, variant } = image.platform
  return {
    subject: text.includes('@') ? text : `${text}@${image.digest}`,
    identity,
    reference: text,
    digest: image.digest,
    platform: [os, architecture, variant].filter((part) => part !== undefined).join('/'),
    signature: signature.status,
    ...(signature.message === undefined ? {} : { signatureMessage: signature.message }),
    ...(request.checks.has('images') ? { packages: contents.packages.length } : {}),
    problems: [...vulnerabilities, ...(contents.problems ?? []), ...signature.problems],
    gaps: [...contents.gaps, ...signature.gaps],
    inventory: contents.packages,
    image,
    ...(contents.profile && { profile: contents.profile }),
    opened: image.reference,
    isScanned: contents.vulnerabilities !== undefined,
  }
}

function unread(text: string, identity: string, gap: string): ImageJudgement {
  return { subject: text, identity, reference: text, signature: 'unchecked', problems: [], gaps: [gap], inventory: [] }
}
