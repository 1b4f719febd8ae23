/** The earlier images of a series as its registry has them: their manifests are looked at first, and layers are read only where they are few enough. */
import { type Image, openImages } from '../oci/image.ts'
import type { ImageSource, Reference } from '../oci/source.ts'
import { listTags } from '../oci/tags.ts'
import { leastHistory, mostHistory } from '../scan/anomaly/score.ts'
import { type ImageProfile, profileOf } from '../scan/profile.ts'
import { readEvidence } from '../scan/read-evidence.ts'
import { messageOf } from './errors.ts'
import type { FoundHistory } from './history.ts'
import { mapLimited } from './once.ts'
import type { ImageRequest } from './request.ts'
import { earlierTags, isVersionTag, similarTags } from './tag-series.ts'

/** What a run has read of a series already: the head's image and the base's have most of their history in common. */
export interface ReadHistory {
  /** By series and tag. */
  readonly images: Map<string, Promise<Image>>
  /** By digest. */
  readonly profiles: Map<string, Promise<ImageProfile>>
}

const readAtOnce = 4
/** Tags that are no versions tell no order: as many images are opened to ask when they were made. */
const mostUnordered = 100
/** Of layers that are read for the sake of one image's history: 2 GB, as they are stored. */
const layersLimitBytes = 2e9

/** Throws where the tags are not listed. */
export async function earlierImages(image: Image, series: string, source: ImageSource, request: ImageRequest): Promise<FoundHistory> {
  const { history, signal } = request
  const { tag } = image.reference
  if (!history) return { profiles: [] }
  if (tag === undefined) return { profiles: [], unread: 'none is known, for a digest alone has no series' }
  const most = Math.min(history.images, mostHistory)
  const all = (await listTags(source, signal)) ?? []
  const hasOrder = isVersionTag(tag)
  const tags = hasOrder ? earlierTags(tag, all, most) : similarTags(tag, all)
  if (tags.length === 0 && !hasOrder) return { profiles: [], unread: 'none is known: its tag is no version, and no other has its form' }
  if (tags.length > mostUnordered) return { profiles: [], unread: `none is known: ${tags.length} tags are of its form, and have no order` }
  const failures: string[] = []
  const open = tried(tags, failures, signal, (each) =>
    once(history.read.images, `${series} ${each}`, () => openOne({ ...withoutDigest(image.reference), tag: each }, image, source, signal)),
  )
  const opened = await open
  const inOrder = hasOrder ? opened : byTime(opened, image)
  // A tag that names what another does is one image.
  const distinct = new Map(inOrder.map((each) => [each.manifestDigest, each] as const))
  distinct.delete(image.manifestDigest)
  const newest = [...distinct.values()].toReversed().slice(0, most)
  const chosen = await affordable(newest, image, request)
  const profiles = await tried(chosen, failures, signal, (each) => profileOnce(each, series, source, request))
  const [first] = failures.sort()
  const left = [
    ...(first === undefined ? [] : [`${failures.length} of ${tags.length} are left out, for they could not be read: ${first}`]),
    ...(chosen.length < newest.length
      ? [`${newest.length - chosen.length} are left out: layers of more than ${layersLimitBytes / 1e9} GB would be read for them`]
      : []),
  ]
  return { profiles: profiles.toReversed(), ...(left.length > 0 && { unread: left.join('; ') }) }
}

/** What works of it, in order; why the rest does not is added to `failures`. */
async function tried<Item extends string | Image, Result>(
  items: readonly Item[],
  failures: string[],
  signal: AbortSignal,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = await mapLimited(items, readAtOnce, async (item) => {
    try {
      return [await work(item)]
    } catch (error) {
      signal.throwIfAborted()
      failures.push(`${typeof item === 'string' ? item : (item.reference.tag ?? item.digest)}: ${messageOf(error)}`)
      return []
    }
  })
  return results.flat()
}

async function openOne(reference: Reference, { platform }: Image, source: ImageSource, signal: AbortSignal): Promise<Image> {
  const { os, architecture, variant } = platform
  const name = [os, architecture, variant].filter((part) => part !== undefined).join('/')
  const [image] = await openImages(source, reference, name, signal)
  if (!image) throw new Error(`no image for the platform ${name}`)
  return image
}

/** Those that say that they were made before. */
function byTime(images: readonly Image[], { config: { created } }: Image): readonly Image[] {
  const time = ({ config }: Pick<Image, 'config'>): number => Date.parse(config.created ?? '')
  return images
    .filter((each) => time(each) < Date.parse(created ?? ''))
    .sort((left, right) => time(left) - time(right) || (left.manifestDigest < right.manifestDigest ? -1 : 1))
}

/** The newest whose layers are not too much to read; none where those are too few to tell anything. */
async function affordable(newest: readonly Image[], image: Image, { history }: ImageRequest): Promise<readonly Image[]> {
  const seen = new Set(image.layers.map(({ descriptor }) => descriptor.digest))
  const chosen: Image[] = []
  let bytes = 0
  for (const each of newest) {
    if (!history?.read.profiles.has(each.manifestDigest) && !(await history?.store?.profile(each.manifestDigest)))
      for (const { descriptor } of each.layers) {
        if (seen.has(descriptor.digest)) continue
        seen.add(descriptor.digest)
        bytes += descriptor.size
      }
    if (bytes > layersLimitBytes) break
    chosen.push(each)
  }
  return chosen.length < leastHistory && chosen.length < newest.length ? [] : chosen
}

async function profileOnce(image: Image, series: string, source: ImageSource, request: ImageRequest): Promise<ImageProfile> {
  const { history, now } = request
  const profile = await once(history?.read.profiles ?? new Map(), image.manifestDigest, () => profileFrom(image, source, request))
  const { created } = profile
  const { tag } = image.reference
  const known = { digest: profile.digest, ...(tag && { tag }), ...(created === undefined ? {} : { created }), seen: now.getTime() }
  await history?.store?.remember(series, known)
  return profile
}

/** From the cache where it is known, else from its layers, of which most are those of the next. Throws where it cannot be read as a whole. */
async function profileFrom(image: Image, source: ImageSource, { history, layerPass, signal }: ImageRequest): Promise<ImageProfile> {
  const kept = await history?.store?.profile(image.manifestDigest)
  if (kept) return kept
  const evidence = await readEvidence(image, source, { signal, ...(layerPass && { pass: layerPass }) })
  const profile = profileOf(image, evidence)
  if (!profile.isWhole) throw new Error(evidence.gaps[0]?.message ?? 'not read as a whole')
  await history?.store?.keep(profile)
  return profile
}

function once<Result>(known: Map<string, Promise<Result>>, key: string, work: () => Promise<Result>): Promise<Result> {
  const running = known.get(key) ?? work()
  known.set(key, running)
  return running
}

function withoutDigest({ digest: _, ...reference }: Reference): Reference {
  return reference
}
