/** The reports of all shards of a plan joined into the one that a single run would have given. */
import type { Gap, Report, ShardPart } from '../findings.ts'
import { byImportance } from './decide.ts'
import { joinedMalware } from './merge-malware.ts'
import { refusals } from './merge-refusals.ts'
import { readDemands, respond } from './responses.ts'
import { reasonsOf, summaryOf, verdictOf } from './verdict.ts'

/** A shard's report, or why what was to be one is none. */
export interface ShardReport {
  /** The file, for messages. */
  readonly name: string
  readonly report?: Report
  readonly problem?: string
}

type Part = Report & { readonly shard: ShardPart }

/** Where anything is missing, doubled or of another plan, nothing is joined: the verdict is `incomplete`, with a gap for each reason. */
export function mergeReports(reports: readonly ShardReport[]): Report {
  const refused = refusals(reports)
  const parts = reports.flatMap(({ report }) => (report?.shard ? [report as Part] : []))
  const [first] = parts.toSorted((left, right) => left.shard.index - right.shard.index)
  if (refused.length > 0 || first === undefined) return nothingJoined(refused, first)
  const subjects = parts.flatMap(placedSubjects).sort((left, right) => left.position - right.position)
  const findings = parts.flatMap((part) => part.findings).sort(byImportance)
  const gaps = [...runGaps(first), ...subjects.flatMap((placed) => placed.gaps)]
  const coverage = coverageOf(first, parts)
  const notes = notesOf(first, parts, gaps.length === 0)
  const { schema, policy, reachability } = first
  const joined: Report = {
    schema,
    verdict: verdictOf(findings, gaps),
    reasons: reasonsOf(findings, gaps, coverage),
    summary: summaryOf(findings, gaps),
    subjects: subjects.map(({ subject }) => subject),
    findings,
    gaps,
    coverage,
    ...(reachability && { reachability }),
    policy,
    ...(notes.length === 0 ? {} : { notes }),
  }
  const { responses } = first.shard
  return responses ? respond(joined, readDemands(responses)).report : joined
}

function nothingJoined(refused: readonly Gap[], first: Part | undefined): Report {
  const gaps = refused.length > 0 ? refused : [{ subject: 'shards', message: 'no report of a shard was given', locations: [] }]
  const coverage = { files: { judged: 0, skipped: 0 }, objects: 0, dockerfiles: 0, images: { judged: 0, failed: 0 } }
  return {
    schema: 'portcullis.report/v1',
    verdict: verdictOf([], gaps),
    reasons: reasonsOf([], gaps, coverage),
    summary: summaryOf([], gaps),
    subjects: [],
    findings: [],
    gaps,
    coverage,
    policy: first?.policy ?? { files: [], failOn: 'high' },
  }
}

/** A shard's gaps end with those of its images, in their order. */
function placedSubjects({ subjects, gaps, shard }: Part) {
  let at = gaps.length - imageGaps(shard)
  return subjects.map((subject, index) => {
    const { position = 0, gaps: own = 0 } = shard.subjects[index] ?? {}
    at += own
    return { subject, position, gaps: gaps.slice(at - own, at) }
  })
}

function runGaps({ gaps, shard }: Part): readonly Gap[] {
  return gaps.slice(0, gaps.length - imageGaps(shard))
}

function imageGaps({ subjects }: ShardPart): number {
  return subjects.reduce((sum, { gaps }) => sum + gaps, 0)
}

/** Every shard reads the tree; each counts its own images. */
function coverageOf({ coverage }: Part, parts: readonly Part[]): Report['coverage'] {
  const sum = (count: (part: Part) => number) => parts.reduce((total, part) => total + count(part), 0)
  const images = {
    judged: sum((part) => part.coverage.images.judged),
    failed: sum((part) => part.coverage.images.failed),
  }
  const { layers: _, malware: __, ...own } = coverage
  const layers = layersOf(parts)
  const malware = joinedMalware(parts)
  return { ...own, images, ...(layers && { layers }), ...(malware && { malware }) }
}

/** What two shards read each would have been read once, and an image that both judged, as bases are, would have been judged once. */
function layersOf(parts: readonly Part[]): Report['coverage']['layers'] {
  const all = parts.flatMap(({ shard: { layers } }) => (layers ? [layers] : []))
  if (all.length === 0) return undefined
  const read = new Set(all.flatMap((layers) => layers.read))
  const cached = new Set(all.flatMap((layers) => layers.cached).filter((digest) => !read.has(digest)))
  const asked = new Map(all.flatMap(({ images = [] }) => images.map((image) => [image.reference, image.asked] as const)))
  const total = asked.values().reduce((sum, each) => sum + each, 0)
  return { read: read.size, cached: cached.size, shared: Math.max(0, total - read.size - cached.size) }
}

function notesOf({ shard: { notes, waivers, isWhole } }: Part, parts: readonly Part[], hasNoGaps: boolean): readonly string[] {
  const ofImages = [...new Set(parts.flatMap(({ shard }) => shard.notes.images))].sort()
  const ofWaivers = waivers.flatMap((_, index) => {
    const said = parts.map(({ shard }) => shard.waivers[index] ?? {})
    const note = said.find((each) => each.note !== undefined)?.note
    if (note !== undefined) return [note]
    const unused = said[0]?.unused
    return unused !== undefined && isWhole && hasNoGaps && said.every((each) => each.unused !== undefined) ? [unused] : []
  })
  return [...notes.run, ...ofImages, ...ofWaivers]
}
