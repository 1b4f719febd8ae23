/** A report that somebody else may have written: its shape, its sizes, and that it does not contradict itself. */
import * as z from 'zod'
import type { Report } from '../../findings.ts'
import { riskSchema } from '../../gate/risk/schema.ts'
import { summaryOf, verdictOf } from '../../gate/verdict.ts'
import { PublishError } from './errors.ts'

const limits = { findings: 25_000, gaps: 5000, subjects: 5000, locations: 1000, text: 20_000, name: 4096, list: 200 } as const

const text = z.string().max(limits.text)
const name = z.string().max(limits.name)
const count = z.int().min(0).max(1e9)
const line = z.int().min(1).max(1e8)

/** Relative, with `/`, and nothing that climbs. */
const file = name
  .min(1)
  .refine((path) => !/^[/\\]|\\|[\p{Cc}]/u.test(path) && !path.split('/').some((part) => part === '' || part === '.' || part === '..'))

const location = z
  .object({ file, startLine: line, endLine: line, startColumn: line.optional(), endColumn: line.optional() })
  .refine(({ startLine, endLine }) => endLine >= startLine)
const locations = z.array(location).max(limits.locations)

const severity = z.enum(['critical', 'high', 'medium', 'low', 'unknown'])

/** Of vulnerabilities: as many as there may be findings. */
const ids = z.array(name).max(limits.findings)

const finding = z.object({
  rule: name.min(1),
  check: z.enum(['vulnerability', 'malware', 'secret', 'image-config', 'signature', 'attestation', 'manifest', 'dockerfile', 'policy']),
  severity,
  score: z.number().min(0).max(10).optional(),
  knownExploited: z.boolean().optional(),
  epss: z.number().min(0).max(1).optional(),
  published: name.optional(),
  title: text,
  message: text,
  subject: name,
  package: z.object({ name, version: name, purl: name, fixed: name.optional(), layer: name.optional(), path: name.optional() }).optional(),
  content: z
    .object({
      path: name.optional(),
      line: line.optional(),
      field: name.optional(),
      layer: name.optional(),
      instruction: name.optional(),
      removed: z.literal(true).optional(),
    })
    .optional(),
  aliases: z.array(name).max(limits.list).optional(),
  references: z.array(name).max(limits.list).optional(),
  locations,
  suggestion: z.object({ startLine: line, endLine: line, replacement: text }).optional(),
  state: z.enum(['new', 'existing', 'waived']),
  newlyDisclosed: z.literal(true).optional(),
  blocking: z.boolean(),
  fingerprint: name.min(1),
  risk: riskSchema.optional(),
  waiver: z.object({ reason: text, owner: name, until: name }).optional(),
})

/** Told as somebody else's words: what is done is worked out anew, by the policy. */
const response = z.object({
  condition: text,
  action: name,
  channel: name.optional(),
  subject: name.optional(),
  findings: z.array(name).max(limits.list).optional(),
  state: z.enum(['failed', 'handed-over', 'nobody', 'taken', 'waiting']),
  detail: text,
})

const names = z.array(name).max(limits.list * 5)
const size = z.int().min(0).max(Number.MAX_SAFE_INTEGER)
const list = { added: names, removed: names, omitted: count.optional() }
const driftPackages = z.array(z.object({ type: name, name, version: name })).max(limits.list * 5)

const drift = z.object({
  from: z.object({ reference: name, digest: name }),
  packages: z
    .object({
      added: driftPackages,
      removed: driftPackages,
      changed: z.array(z.object({ type: name, name, from: name, to: name })).max(limits.list * 5),
      omitted: count.optional(),
    })
    .optional(),
  setuid: z.object(list).optional(),
  binaries: z.object(list).optional(),
  networkServices: z.object(list).optional(),
  ports: z.object(list).optional(),
  user: z.object({ from: name, to: name }).optional(),
  entrypoint: z.object({ from: names, to: names }).optional(),
  environment: z.object({ ...list, changed: names }).optional(),
  sizeBytes: z.object({ from: size, to: size }).optional(),
  layers: z.object({ from: count, to: count, shared: count }).optional(),
})

const anomaly = z.object({
  is_anomaly: z.boolean(),
  anomaly_score: z.number().min(-1).max(0),
  confidence: z.number().min(0).max(1),
  history: count,
  because: z.array(text).max(limits.list),
})

const report = z.object({
  schema: z.literal('portcullis.report/v1'),
  verdict: z.enum(['pass', 'block', 'incomplete']),
  reasons: z.array(text).max(limits.findings + limits.gaps),
  summary: z.object({
    critical: count,
    high: count,
    medium: count,
    low: count,
    unknown: count,
    blocking: count,
    existing: count,
    waived: count,
    gaps: count,
  }),
  subjects: z
    .array(
      z.object({
        kind: z.literal('image'),
        reference: name,
        digest: name.optional(),
        platform: name.optional(),
        signature: z.enum(['verified', 'unsigned', 'untrusted', 'invalid', 'unchecked']),
        signatureMessage: text.optional(),
        packages: count.optional(),
        sizeBytes: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
        user: name.optional(),
        drift: drift.optional(),
        anomaly: anomaly.optional(),
        baseUpdate: z.object({ current: name, proposed: z.object({ reference: name, digest: name }), fixes: ids, adds: ids }).optional(),
        risk: riskSchema.optional(),
        locations,
      }),
    )
    .max(limits.subjects),
  findings: z.array(finding).max(limits.findings),
  gaps: z.array(z.object({ subject: name, message: text, locations })).max(limits.gaps),
  responses: z.array(response).max(limits.findings).optional(),
  coverage: z.object({
    files: z.object({ judged: count, skipped: count }),
    objects: count,
    dockerfiles: count,
    images: z.object({ judged: count, failed: count }),
    malware: z.object({ engine: name, signatures: name.optional(), date: name.optional(), files: count, layers: count }).optional(),
  }),
  policy: z.object({
    files: z.array(name).max(limits.list),
    revision: name.optional(),
    failOn: z.enum(['critical', 'high', 'medium', 'low', 'never']),
  }),
})

/** What is in it and not known here is dropped. Throws PublishError `untrusted-artifact`. */
export function readReport(bytes: Uint8Array): Report {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw untrusted('the report is not JSON', error)
  }
  const parsed = report.safeParse(value)
  if (!parsed.success) {
    const [first] = parsed.error.issues
    throw untrusted(`the report is not one at ${first?.path.join('.') || 'its root'}: ${first?.message}`)
  }
  // The optional keys of the schema are never undefined: JSON has no such value.
  const found = parsed.data as Report
  if (found.verdict !== verdictOf(found.findings, found.gaps, found.responses))
    throw untrusted(`the report says ${found.verdict}, its findings do not`)
  if (
    found.findings.some(({ blocking, newlyDisclosed, state }) => blocking && !(state === 'new' || (state === 'existing' && newlyDisclosed)))
  )
    throw untrusted('the report has findings that block and are neither new nor newly disclosed')
  const summary = summaryOf(found.findings, found.gaps)
  for (const key of Object.keys(summary) as (keyof typeof summary)[])
    if (found.summary[key] !== summary[key]) throw untrusted(`the report counts ${found.summary[key]} ${key}, there are ${summary[key]}`)
  return found
}

function untrusted(message: string, cause?: unknown): PublishError {
  return new PublishError('untrusted-artifact', message, { cause })
}
