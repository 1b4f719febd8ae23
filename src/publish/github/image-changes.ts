/** What a change of an image brings against the one that the base has. */
import type { ImageSubject, Report } from '../../findings.ts'
import type { BaseResult } from '../../gate/run.ts'
import { escapeMarkdown, markdownCode } from '../../report/escape.ts'
import { severityCounts } from '../../report/words.ts'

const mostImages = 20

/** `ghcr.io/acme/shop 1.4 → 1.5: 3 fixed, 1 new (1 high); packages 214 → 220`, a line for each image; none where no image was changed. */
export function imagesRemark(base: BaseResult, report: Report): readonly string[] {
  const pairs = changedImages(base.subjects, report.subjects)
  if (pairs.length === 0) return []
  const lines = pairs.slice(0, mostImages).map((pair) => `- ${changeOf(pair, base, report)}`)
  if (pairs.length > mostImages) lines.push(`- ${pairs.length - mostImages} more images`)
  return [`**Images against the base**\n\n${lines.join('\n')}`]
}

interface Pair {
  readonly repository: string
  readonly before: ImageSubject
  readonly after: ImageSubject
}

/** Where a repository has several images on one side that the other has not, nothing tells which became which. */
function changedImages(before: readonly ImageSubject[], after: readonly ImageSubject[]): readonly Pair[] {
  const gone = Map.groupBy(
    before.filter((image) => !after.some((other) => isSame(image, other))),
    placeOf,
  )
  const come = Map.groupBy(
    after.filter((image) => !before.some((other) => isSame(image, other))),
    placeOf,
  )
  return [...come].flatMap(([place, [image, ...more]]) => {
    const [old, ...others] = gone.get(place) ?? []
    return image && old && more.length + others.length === 0
      ? [{ repository: repositoryOf(image.reference), before: old, after: image }]
      : []
  })
}

function isSame(left: ImageSubject, right: ImageSubject): boolean {
  return left.reference === right.reference && left.digest === right.digest && left.platform === right.platform
}

function placeOf({ reference, platform }: ImageSubject): string {
  return `${repositoryOf(reference)} ${platform ?? ''}`
}

/** Without tag and digest. */
function repositoryOf(reference: string): string {
  return reference.replace(/@.*$/s, '').replace(/:[^:/]*$/, '')
}

function changeOf({ repository, before, after }: Pair, base: BaseResult, { findings, gaps }: Report): string {
  const isOf = ({ subject }: { readonly subject: string }): boolean => repositoryOf(subject) === repository
  const present = new Set(findings.map(({ fingerprint }) => fingerprint))
  const fixed = base.problems.filter((problem) => isOf(problem) && !present.has(problem.fingerprint)).length
  const fresh = findings.filter((finding) => isOf(finding) && finding.state === 'new')
  // What could not be read is not fixed.
  const isKnown = !gaps.some(isOf)
  const parts = [
    ...(isKnown ? [`${fixed} fixed`] : ['not read as a whole']),
    fresh.length === 0 ? '0 new' : `${fresh.length} new (${severityCounts(fresh)})`,
    ...(before.packages !== undefined && after.packages !== undefined ? [`packages ${before.packages} → ${after.packages}`] : []),
    ...sizeChange(before, after),
    ...userChange(before, after),
    ...(before.signature === after.signature ? [] : [`signature ${before.signature} → ${after.signature}`]),
  ]
  return `${markdownCode(repository)} ${markdownCode(versionOf(before))} → ${markdownCode(versionOf(after))}: ${parts.join(', ')}`
}

/** `+12 MB`: of the compressed layers. Nothing below a tenth of a megabyte. */
function sizeChange({ sizeBytes: before }: ImageSubject, { sizeBytes: after }: ImageSubject): readonly string[] {
  if (before === undefined || after === undefined) return []
  const megabytes = Math.round((after - before) / 1e5) / 10
  if (megabytes === 0) return []
  return [
    `${megabytes > 0 ? '+' : '−'}${Math.abs(megabytes).toLocaleString('en-US', { maximumFractionDigits: Math.abs(megabytes) < 10 ? 1 : 0 })} MB`,
  ]
}

const longestUser = 60

/** The user is known wherever the size is: both are of the image that was read. */
function userChange(before: ImageSubject, after: ImageSubject): readonly string[] {
  if (before.sizeBytes === undefined || after.sizeBytes === undefined) return []
  const [old, now] = [before, after].map(({ user = 'root' }) => user)
  return old === undefined || now === undefined || old === now
    ? []
    : [`user ${escapeMarkdown(old.slice(0, longestUser))} → ${escapeMarkdown(now.slice(0, longestUser))}`]
}

/** The tag; the digest's start where there is none, or where a tag names another image than it did. */
function versionOf({ reference, digest }: ImageSubject): string {
  const tag = /:([^:/]+)$/.exec(reference.replace(/@.*$/s, ''))?.[1]
  const short = digest?.slice(0, 'sha256:'.length + 12)
  if (tag === undefined) return short ?? 'latest'
  return short === undefined ? tag : `${tag}@${short}`
}
