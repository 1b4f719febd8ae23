/** Reports of shards from files: what another machine wrote is looked at before it is believed. */
import { readFile, stat } from 'node:fs/promises'
import * as z from 'zod'
import type { Report } from '../findings.ts'
import { responseRulesSchema } from '../policy/response-schema.ts'
import { messageOf } from './errors.ts'
import type { ShardReport } from './merge.ts'
import { readDemands } from './responses.ts'
import { riskSchema } from './risk/schema.ts'
import { summaryOf, verdictOf } from './verdict.ts'

/** A hundred thousand findings. */
const reportLimitBytes = 256 * 1024 * 1024

const text = z.string()
const count = z.int().min(0)
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/)
const severity = z.enum(['critical', 'high', 'medium', 'low', 'unknown'])
const location = z.looseObject({ file: text, startLine: z.int().min(1), endLine: z.int().min(1), startColumn: z.int().min(1).optional() })
const locations = z.array(location)

const shard = z.looseObject({
  index: z.int().min(1),
  of: z.int().min(1).max(256),
  plan: digest,
  policy: digest,
  advisories: digest,
  tree: digest,
  revision: text.optional(),
  isWhole: z.boolean(),
  subjects: z.array(z.object({ position: count, gaps: count })),
  layers: z
    .object({
      ...{ read: z.array(text), cached: z.array(text), asked: count },
      images: z.array(z.object({ reference: text, asked: count })).optional(),
    })
    .optional(),
  malware: z.array(z.object({ layer: text, files: count })).optional(),
  notes: z.object({ run: z.array(text), images: z.array(text) }),
  waivers: z.array(z.object({ note: text.optional(), unused: text.optional() })),
  responses: z
    .object({
      rules: responseRulesSchema,
      channels: z.array(text),
      hasHandover: z.boolean(),
      enforcement: z.array(z.object({ paths: z.array(text), mode: z.enum(['enforce', 'warn', 'audit']) })),
    })
    .optional(),
})

/** What joining goes by. Other members are carried over as they are. */
const report = z.looseObject({
  schema: z.literal('portcullis.report/v1'),
  verdict: z.enum(['pass', 'block', 'incomplete']),
  subjects: z.array(z.looseObject({ kind: z.literal('image'), reference: text, signature: text, locations, risk: riskSchema.optional() })),
  findings: z.array(
    z.looseObject({
      ...{ rule: text, check: text, severity, title: text, message: text, subject: text, locations },
      ...{ state: z.enum(['new', 'existing', 'waived']), blocking: z.boolean(), fingerprint: text.min(1), risk: riskSchema.optional() },
    }),
  ),
  gaps: z.array(z.looseObject({ subject: text, message: text, locations })),
  summary: z.record(text, count),
  coverage: z.looseObject({
    files: z.object({ judged: count, skipped: count }),
    ...{ objects: count, dockerfiles: count },
    images: z.object({ judged: count, failed: count }),
    malware: z.object({ engine: text, signatures: text.optional(), date: text.optional(), files: count, layers: count }).optional(),
  }),
  responses: z.array(z.looseObject({ action: text, state: text })).optional(),
  policy: z.looseObject({ files: z.array(text), failOn: z.enum(['critical', 'high', 'medium', 'low', 'never']) }),
  shard: shard.optional(),
})

/** Never throws: what is wrong with a file is its `problem`. */
export async function readShardReport(name: string): Promise<ShardReport> {
  try {
    const { size } = await stat(name)
    if (size > reportLimitBytes) return { name, problem: `has ${size} bytes, at most ${reportLimitBytes} are read` }
    return readReportText(name, new TextDecoder('utf-8', { fatal: true }).decode(await readFile(name)))
  } catch (error) {
    return { name, problem: messageOf(error) }
  }
}

export function readReportText(name: string, content: string): ShardReport {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch (error) {
    return { name, problem: `is not whole: ${messageOf(error)}` }
  }
  const parsed = report.safeParse(value)
  if (!parsed.success) {
    const [first] = parsed.error.issues
    return { name, problem: `is no report at ${first?.path.join('.') || 'its root'}: ${first?.message}` }
  }
  // The optional keys of the schema are never undefined: JSON has no such value.
  const found = parsed.data as unknown as Report
  const problem = contradiction(found)
  return problem === undefined ? { name, report: found } : { name, problem }
}

/** What somebody took out by hand shows in what is left. */
function contradiction({ verdict, findings, gaps, responses, subjects, summary, shard: part }: Report): string | undefined {
  if (verdict !== verdictOf(findings, gaps, responses)) return `says ${verdict}, its findings and gaps do not`
  for (const [key, value] of Object.entries(summaryOf(findings, gaps)))
    if (new Map<string, number>(Object.entries(summary)).get(key) !== value) return `counts another number of ${key} than it has: ${value}`
  if (part === undefined) return undefined
  const problem = part.responses && unreadable(() => readDemands(part.responses as NonNullable<typeof part.responses>))
  if (problem !== undefined) return `has response rules that are none: ${problem}`
  if (part.index > part.of) return `is shard ${part.index} of ${part.of}`
  if (part.subjects.length !== subjects.length) return `has ${subjects.length} subjects, places for ${part.subjects.length}`
  const own = part.subjects.reduce((sum, each) => sum + each.gaps, 0)
  return own > gaps.length ? `has ${gaps.length} gaps, its images have ${own}` : undefined
}

function unreadable(read: () => unknown): string | undefined {
  try {
    read()
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}
