/** The earlier images of an image's series, and how far it is from them. History is no verdict: what of it cannot be read is left out, and told. */
import type { Anomaly, Problem } from '../findings.ts'
import { type Image, openImages } from '../oci/image.ts'
import type { ImageSource, Reference } from '../oci/source.ts'
import { listTags } from '../oci/tags.ts'
import { leastHistory, mostHistory, scoreAnomaly } from '../scan/anomaly/score.ts'
import { type ImageProfile, profileOf } from '../scan/profile.ts'
import { readEvidence } from '../scan/read-evidence.ts'
import { anomalyRule } from './drift-rules.ts'
import { messageOf } from './errors.ts'
import type { HistoryStore, KnownImage } from './history-store.ts'
import { mapLimited } from './once.ts'
import type { ImageRequest } from './request.ts'
import { earlierTags, isVersionTag } from './tag-series.ts'

/** How an anomaly score is come by. */
export interface HistoryRequest {
  /** `registry`: earlier tags are listed and read. `cache`: what earlier runs kept is all there is, and too little of it is no matter. */
  readonly from: 'registry' | 'cache'
  /** Earlier images, at most. */
  readonly images: number
  readonly store?: HistoryStore
  /** What this run has read already, by series and tag: the head's image and the base's have most of their history in common. */
  readonly read: Map<string, Promise<ImageProfile>>
}

export interface HistoryJudgement {
  readonly anomaly?: Anomaly
  readonly problems: readonly Problem[]
  readonly notes: readonly string[]
}

const readAtOnce = 4
/** Of layers that are read for the sake of history alone: 8 GB, as they are stored. */
const layersLimitBytes = 8e9

/** `text` is the reference as it was written. Never rejects for what a registry or a cache does. */
export async function judgeHistory(
  text: string,
  image: Image,
  profile: ImageProfile,
  source: ImageSource,
  request: ImageRequest,
): Promise<HistoryJudgement> {
  const { history, now, signal } = request
  if (!history || !profile.isWhole) return { problems: [], notes: [] }
  const { from, store } = history
  const series = seriesOf(image)
  const notes: string[] = []
  let earlier: readonly ImageProfile[] = []
  try {
    const found = from === 'registry' ? await fromRegistry(image, series, source, request) : await fromCache(image, series, history)
    earlier = found.profiles
    if (found.unread !== undefined) notes.push(`${text}: of its earlier images ${found.unread}`)
  } catch (error) {
    signal.throwIfAborted()
    notes.push(`${text}: its earlier images are not known: ${messageOf(error)}`)
  }
  const anomaly = scoreAnomaly(profile, earlier)
  if (!anomaly && from === 'registry')
    notes.push(`${text}: no anomaly score: ${count(earlier.length)} known, and ${leastHistory} are needed to tell what is usual`)
  if (store) {
    const { tag } = image.reference
    await store.keep(profile)
    await store.remember(series, { digest: profile.digest, ...(tag && { tag }), ...created(profile), seen: now.getTime() })
  }
  return { ...(anomaly && { anomaly }), problems: anomaly?.is_anomaly ? [problemOf(anomaly, profile)] : [], notes }
}

function count(images: number): string {
  return images === 1 ? '1 earlier image is' : `${images} earlier images are`
}

function created({ created: time }: Pick<ImageProfile, 'created'>): { created?: string } {
  return time === undefined ? {} : { created: time }
}

/** Registry, repository and platform: what is compared with each other. */
function seriesOf({ reference: { registry, repository }, platform: { os, architecture, variant = '' } }: Image): string {
  return [registry, repository, os, architecture, variant].join(' ')
}

function problemOf({ anomaly_score, because, history }: Anomaly, { digest }: ImageProfile): Problem {
  const { id, severity, title } = anomalyRule
  const why = because.length === 0 ? 'no one feature stands out' : because.join('; ')
  const message = `its anomaly score is ${anomaly_score} against ${history} earlier images (-0.5 is ordinary): ${why}`
  // Another image that is strange is strange in its own way.
  return { rule: id, check: 'image-config', severity, title, message, anchor: digest }
}

interface Found {
  /** The oldest first. */
  readonly profiles: readonly ImageProfile[]
  /** What could not be had, in one clause. */
  readonly unread?: string
}

async function fromCache(image: Image, series: string, { images, store }: HistoryRequest): Promise<Found> {
  if (!store) return { profiles: [] }
  const known = (await store.known(series)).filter(({ digest }) => digest !== image.manifestDigest)
  const earlier = earlierKnown(image, known).slice(-Math.min(images, mostHistory))
  const profiles = await mapLimited(earlier, readAtOnce, ({ digest }) => store.profile(digest))
  return { profiles: profiles.filter((profile) => profile !== undefined) }
}

/** By version where its tag is one; else by when it was made, and first seen where builders write a fixed time. */
function earlierKnown({ reference: { tag }, config }: Image, known: readonly KnownImage[]): readonly KnownImage[] {
  if (tag !== undefined && isVersionTag(tag)) {
    const byTag = new Map(known.flatMap((each) => (each.tag === undefined ? [] : [[each.tag, each] as const])))
    const tags = earlierTags(tag, [...byTag.keys()], mostHistory)
    return tags.flatMap((each) => byTag.get(each) ?? [])
  }
  const time = ({ created: made }: { readonly created?: string }): number => Date.parse(made ?? '') || 0
  const before = known.filter((each) => time(config) === 0 || time(each) <= time(config))
  return before.toSorted((left, right) => time(left) - time(right) || left.seen - right.seen)
}

/** Earlier tags of the same series, the newest read first. */
async function fromRegistry(image: Image, series: string, source: ImageSource, request: ImageRequest): Promise<Found> {
  const { history, signal } = request
  const { tag } = image.reference
  if (!history) return { profiles: [] }
  // A registry does not say which of two tags was first; a cache has seen them come.
  if (tag === undefined || !isVersionTag(tag))
    return history.store
      ? fromCache(image, series, history)
      : { profiles: [], unread: 'none is known to come before it, for its tag is no version; with a cache, runs remember them' }
  const tags = earlierTags(tag, (await listTags(source, signal)) ?? [], Math.min(history.images, mostHistory))
  const failures: string[] = []
  const budget = { leftBytes: layersLimitBytes, seen: new Set(image.layers.map(({ descriptor }) => descriptor.digest)) }
  const read = await mapLimited(tags.toReversed(), readAtOnce, async (each) => {
    try {
      return await readOnce(`${series} ${each}`, history.read, () =>
        readProfile({ ...withoutDigest(image.reference), tag: each }, image, source, request, budget),
      )
    } catch (error) {
      signal.throwIfAborted()
      failures.push(`${each}: ${messageOf(error)}`)
      return undefined
    }
  })
  // A tag that names what another does is one image.
  const distinct = new Map(read.toReversed().flatMap((profile) => (profile ? [[profile.digest, profile] as const] : [])))
  distinct.delete(image.manifestDigest)
  const [first] = failures.sort()
  return {
    profiles: [...distinct.values()],
    ...(first === undefined ? {} : { unread: `${failures.length} of ${tags.length} are left out, for they could not be read: ${first}` }),
  }
}

function readOnce(key: string, known: Map<string, Promise<ImageProfile>>, read: () => Promise<ImageProfile>): Promise<ImageProfile> {
  const profile = known.get(key) ?? read()
  known.set(key, profile)
  return profile
}

function withoutDigest({ digest: _, ...reference }: Reference): Reference {
  return reference
}

interface Budget {
  leftBytes: number
  readonly seen: Set<string>
}

/** From the cache where it is known, else from its layers, of which most are those of the next. Throws where it cannot be read as a whole. */
async function readProfile(
  reference: Reference,
  image: Image,
  source: ImageSource,
  request: ImageRequest,
  budget: Budget,
): Promise<ImageProfile> {
  const { history, now, signal } = request
  const { os, architecture, variant } = image.platform
  const platform = [os, architecture, variant].filter((part) => part !== undefined).join('/')
  const [earlier] = await openImages(source, reference, platform, signal)
  if (!earlier) throw new Error(`no image for the platform ${platform}`)
  const profile = (await history?.store?.profile(earlier.manifestDigest)) ?? (await profileFromLayers(earlier, source, request, budget))
  const { tag } = reference
  await history?.store?.remember(seriesOf(image), { digest: profile.digest, ...(tag && { tag }), ...created(profile), seen: now.getTime() })
  return profile
}

async function profileFromLayers(image: Image, source: ImageSource, request: ImageRequest, budget: Budget): Promise<ImageProfile> {
  const { history, layerPass, signal } = request
  for (const { descriptor } of image.layers) {
    if (budget.seen.has(descriptor.digest)) continue
    budget.seen.add(descriptor.digest)
    budget.leftBytes -= descriptor.size
  }
  if (budget.leftBytes < 0) throw new Error(`its layers and those of newer ones are more than ${layersLimitBytes} bytes`)
  const evidence = await readEvidence(image, source, { signal, ...(layerPass && { pass: layerPass }) })
  const profile = profileOf(image, evidence)
  if (!profile.isWhole) throw new Error(evidence.gaps[0]?.message ?? 'not read as a whole')
  await history?.store?.keep(profile)
  return profile
}
