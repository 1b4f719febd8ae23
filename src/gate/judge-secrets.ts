/** Secrets in the files of a tree: on the line, and with nothing of them in the report. Loaded only where manifests are checked. */
import { type Gap, type Location, type Problem, quote } from '../findings.ts'
import type { Tree, TreeFile } from '../repo/tree.ts'
import { coverOf } from '../scan/secrets/cover.ts'
import { beginningOf } from '../scan/secrets/digest.ts'
import { ownEngine } from '../scan/secrets/engine.ts'
import { locator } from '../scan/secrets/locate.ts'
import { isPublished, isTestOrExample } from '../scan/secrets/places.ts'
import { secretRule } from '../scan/secrets/rule-texts.ts'
import type { FoundSecret, SearchResult } from '../scan/secrets/search.ts'
import { noMoreThan, tellHash, tooManySecrets } from '../scan/secrets/told.ts'
import { messageOf } from './errors.ts'
import { mapLimited } from './once.ts'
import type { PlacedProblem } from './place.ts'
import { type SearchedFiles, searchLimitBytes } from './searched-files.ts'

export interface SecretJudgement {
  readonly problems: readonly PlacedProblem[]
  readonly gaps: readonly Gap[]
  readonly notes: readonly string[]
  /** Of the files that have secrets; empty for others. They are in it. */
  lines(file: string): readonly string[]
  /** Takes the secrets out of a text. */
  cover(text: string): string
}

const filesAtOnce = 4
/** Of the tree; the worst are kept, and the others counted in a gap. */
const maxProblems = 1000

export async function judgeSecretsOf(tree: Tree, { files, leftOut, isChange }: SearchedFiles, now: Date): Promise<SecretJudgement> {
  const searched = await mapLimited(files, filesAtOnce, (file) => searchFile(tree, file, now))
  const all = searched.flatMap(({ problems }) => problems)
  const lines = new Map(searched.flatMap(({ file, lines }) => (lines ? [[file, lines] as const] : [])))
  const problems = all.length > maxProblems ? all.toSorted(byImportance).slice(0, maxProblems) : all
  return {
    problems,
    gaps: [
      ...(isChange ? leftOutOf(leftOut).map((message) => gapOf(tree.name, message)) : []),
      ...searched.flatMap(({ gaps }) => gaps),
      ...(all.length > problems.length ? [gapOf(tree.name, `${all.length - problems.length} more secrets are not listed`)] : []),
    ],
    notes: isChange ? [] : leftOutOf(leftOut),
    lines: (file) => lines.get(file) ?? [],
    cover: coverOf(searched.flatMap(({ secrets }) => secrets)),
  }
}

/** Files that are named; the others are counted. */
const mostNamed = 10

function leftOutOf(leftOut: readonly TreeFile[]): string[] {
  const told = leftOut
    .slice(0, mostNamed)
    .map(({ path, sizeBytes }) => `${quote(path)} (${sizeBytes} bytes) was not looked through for secrets: too large`)
  const more = leftOut.length - told.length
  return more > 0 ? [...told, `${more} more files were not looked through for secrets: too large`] : told
}

const order = ['critical', 'high', 'medium', 'low', 'unknown']

function byImportance({ problem: left }: PlacedProblem, { problem: right }: PlacedProblem): number {
  return order.indexOf(left.severity) - order.indexOf(right.severity)
}

interface SearchedFile {
  readonly file: string
  readonly problems: readonly PlacedProblem[]
  readonly gaps: readonly Gap[]
  readonly lines?: readonly string[]
  readonly secrets: readonly string[]
}

async function searchFile(tree: Tree, { path, sizeBytes }: TreeFile, now: Date): Promise<SearchedFile> {
  const nothing = { file: path, problems: [], gaps: [], secrets: [] }
  try {
    const pieces = sizeBytes > searchLimitBytes ? tree.stream?.(path) : undefined
    if (pieces) return await searchPieces(pieces, { path, sizeBytes }, now)
    const bytes = await tree.read(path, searchLimitBytes)
    if (bytes === undefined) return { ...nothing, gaps: [gapOf(path, `${path}: not there any more`)] }
    const search = ownEngine().open(path, sizeBytes)
    search.write(bytes)
    const result = search.end()
    const gaps = result.isCut ? [gapOf(path, tooManySecrets(path))] : []
    if (result.found.length === 0) return { ...nothing, gaps }
    const { lines, locationOf } = locator(path, bytes)
    return { ...foundIn(path, result, locationOf, now), gaps, lines }
  } catch (error) {
    return { ...nothing, gaps: [gapOf(path, messageOf(error))] }
  }
}

/** Of what is not held: lines without columns, and nothing to quote. */
async function searchPieces(pieces: AsyncIterable<Uint8Array>, { path, sizeBytes }: TreeFile, now: Date): Promise<SearchedFile> {
  const search = ownEngine().open(path, sizeBytes)
  let leftBytes = sizeBytes
  for await (const piece of pieces) {
    // Nothing more is wanted of what is packed, or has more secrets than are told.
    leftBytes = search.write(piece) ? leftBytes - piece.length : 0
    if (leftBytes === 0) break
  }
  if (leftBytes > 0) throw new TypeError(`${path} ends ${leftBytes} bytes before its size`)
  const result = search.end()
  const locationOf = ({ line = 1 }: FoundSecret): Location => ({ file: path, startLine: line, endLine: line })
  return { ...foundIn(path, result, locationOf, now), gaps: result.isCut ? [gapOf(path, tooManySecrets(path))] : [] }
}

function foundIn(
  path: string,
  { found, overlapped }: SearchResult,
  locationOf: (secret: FoundSecret) => Location,
  now: Date,
): Pick<SearchedFile, 'file' | 'problems' | 'secrets'> {
  return {
    file: path,
    problems: found.map((secret) => placed(secret, path, locationOf(secret), now)),
    secrets: [...found.map(({ secret }) => secret), ...overlapped].map((secret) => Buffer.from(secret, 'latin1').toString('utf8')),
  }
}

function gapOf(subject: string, message: string): Gap {
  return { subject, message, locations: [] }
}

function placed(found: FoundSecret, path: string, location: Location, now: Date): PlacedProblem {
  const { kind, hash, secret, line, expires } = found
  const beginning = beginningOf(secret, kind)
  const hasExpired = expires !== undefined && expires * 1000 < now.getTime()
  const [limit, because] = hasExpired
    ? (['low', `; it expired on ${new Date(expires * 1000).toISOString().slice(0, 10)}`] as const)
    : isPublished(path) && !kind.isCertain
      ? (['low', '; the file is part of a package, which was published with it'] as const)
      : isTestOrExample(path)
        ? (['medium', '; by its path the file is a test or an example'] as const)
        : (['critical', ''] as const)
  const problem: Problem = {
    rule: secretRule(kind.id),
    check: 'secret',
    severity: noMoreThan(kind.severity, limit),
    title: kind.title,
    message: `${kind.title}${line === undefined ? '' : ` in line ${line}`} (${tellHash({ hash, beginning })})${because}`,
    references: kind.references,
    locations: [location],
    anchor: `${kind.id} ${hash}`,
  }
  return { problem, subject: path, identity: path, locations: [location] }
}
