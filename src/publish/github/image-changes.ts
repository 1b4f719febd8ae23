/** What a change of an image brings against the one that the base has. */
import type { ImageSubject, Report } from '../../findings.ts'
import type { BaseResult } from '../../gate/run.ts'
import { driftParts, sizeWords } from '../../report/drift.ts'
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

/**
 * Those that the gate compared, place by place; else by repository, of which several images on one side that the other has not tell not which became
 * which. In the order of the report.
 */
function changedImages(before: readonly ImageSubject[], after: readonly ImageSubject[]): readonly Pair[] {
  const come = after.filter((image) => !before.some((other) => isSame(image, other)))
  const compared = new Map(after.map((image) => [image, comparedWith(image, before)] as const))
  const isTaken = new Set(compared.values())
  const gone = Map.groupBy(
    before.filter((image) => !isTaken.has(image) && !after.some((other) => isSame(image, other))),
    placeOf,
  )
  const left = Map.groupBy(
    come.filter((image) => !compared.get(image)),
    placeOf,
  )
  return after.flatMap((image) => {
    const [, ...more] = left.get(placeOf(image)) ?? []
    const [only, ...others] = come.includes(image) ? (gone.get(placeOf(image)) ?? []) : []
    const old = compared.get(image) ?? (more.length + others.length === 0 ? only : undefined)
    return old ? [{ repository: repositoryOf(image.reference), before: old, after: image }] : []
  })
}

function comparedWith({ drift, platform }: ImageSubject, before: readonly ImageSubject[]): ImageSubject | undefined {
  if (!drift) return undefined
  const { digest, reference } = drift.from
  return before.find((image) => image.reference === reference && image.digest === digest && image.platform === platform)
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
  const earlier = repositoryOf(before.reference)
  const present = new Set(findings.map(({ fingerprint }) => fingerprint))
  const fixed = base.problems.filter((problem) => repositoryOf(problem.subject) === earlier && !present.has(problem.fingerprint)).length
  const fresh = findings.filter((finding) => isOf(finding) && finding.state === 'new')
  // What could not be read is not fixed.
  const isKnown = !gaps.some(isOf)
  const parts = [
    ...(isKnown ? [`${fixed} fixed`] : ['not read as a whole']),
    fresh.length === 0 ? '0 new' : `${fresh.length} new (${severityCounts(fresh)})`,
    ...(before.packages !== undefined && after.packages !== undefined ? [`packages ${before.packages} → ${after.packages}`] : []),
    ...sizeChange(before, after),
    ...userChange(before, after),
    ...(after.drift ? driftParts(after.drift).map((part) => escapeMarkdown(part)) : []),
    ...(before.signature === after.signature ? [] : [`signature ${before.signature} → ${after.signature}`]),
  ]
  const then = earlier === repository ? markdownCode(versionOf(before)) : `${markdownCode(earlier)} ${markdownCode(versionOf(before))}`
  const now = earlier === repository ? markdownCode(versionOf(after)) : `${markdownCode(repository)} ${markdownCode(versionOf(after))}`
  return `${earlier === repository ? `${markdownCode(repository)} ` : ''}${then} → ${now}: ${parts.join(', ')}`
}

function sizeChange({ sizeBytes: before }: ImageSubject, { sizeBytes: after }: ImageSubject): readonly string[] {
  const words = before === undefined || after === undefined ? undefined : sizeWords(before, after)
  return words === undefined ? [] : [words]
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
