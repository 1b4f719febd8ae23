/** The earlier images of an image's series, and how far it is from them. History is no verdict: what of it cannot be read is left out, and told. */
import type { Anomaly, Problem } from '../findings.ts'
import type { Image } from '../oci/image.ts'
import type { ImageSource } from '../oci/source.ts'
import { leastHistory, mostHistory, scoreAnomaly } from '../scan/anomaly/score.ts'
import type { ImageProfile } from '../scan/profile.ts'
import { anomalyRule } from './drift-rules.ts'
import { messageOf } from './errors.ts'
import { earlierImages, type ReadHistory } from './history-registry.ts'
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
  readonly read: ReadHistory
}

export interface HistoryJudgement {
  readonly anomaly?: Anomaly
  readonly problems: readonly Problem[]
  readonly notes: readonly string[]
}

export interface FoundHistory {
  /** The oldest first. */
  readonly profiles: readonly ImageProfile[]
  /** What could not be had, in a clause. */
  readonly unread?: string
}

const readAtOnce = 4

/** `text` is the reference as it was written. Never rejects for what a registry or a cache does. */
export async function judgeHistory(
  text: string,
  image: Image,
  profile: ImageProfile,
  source: ImageSource,
  request: ImageRequest,
): Promise<HistoryJudgement> {
  const { history, now, signal } = request
  if (!history) return { problems: [], notes: [] }
  if (!profile.isWhole)
    return { problems: [], notes: history.from === 'registry' ? [`${text}: no anomaly score: the image could not be read as a whole`] : [] }
  const { from, store } = history
  const series = seriesOf(image)
  const notes: string[] = []
  let found: FoundHistory = { profiles: [] }
  try {
    if (from === 'registry') found = await earlierImages(image, series, source, request)
    if (found.unread !== undefined) notes.push(`${text}: of its earlier images ${found.unread}`)
  } catch (error) {
    signal.throwIfAborted()
    notes.push(`${text}: its earlier images are not known: ${messageOf(error)}`)
  }
  // A cache remembers what a tag that moves has named, too.
  const kept = found.profiles.length < leastHistory ? await fromCache(image, series, history) : []
  const earlier = kept.length > found.profiles.length ? kept : found.profiles
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

async function fromCache(image: Image, series: string, { images, store }: HistoryRequest): Promise<readonly ImageProfile[]> {
  if (!store) return []
  const known = (await store.known(series)).filter(({ digest }) => digest !== image.manifestDigest)
  const earlier = earlierKnown(image, known).slice(-Math.min(images, mostHistory))
  const profiles = await mapLimited(earlier, readAtOnce, ({ digest }) => store.profile(digest))
  return profiles.filter((profile) => profile !== undefined)
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
