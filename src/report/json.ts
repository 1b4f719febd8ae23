/** The report as the contract has it: set key order, no keys without a value, and safe to print. */
import { escapeJson } from './escape.ts'
import type { Renderer } from './renderer.ts'

export const json: Renderer = function* (report) {
  const text = JSON.stringify(ordered(report, 'report'), null, 2)
  yield `${escapeJson(text)}\n`
}

const location = ['file', 'startLine', 'endLine', 'startColumn', 'endColumn']

/** By the name of the member that holds them; what is not named here comes after, by name. */
const keysOf: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    report: ['schema', 'verdict', 'reasons', 'summary', 'subjects', 'findings', 'gaps', 'coverage', 'policy'],
    summary: ['critical', 'high', 'medium', 'low', 'unknown', 'blocking', 'existing', 'waived', 'gaps'],
    subjects: [
      'kind',
      'reference',
      'digest',
      'platform',
      'signature',
      'signatureMessage',
      'packages',
      'sizeBytes',
      'user',
      'locations',
      'drift',
      'anomaly',
      'baseUpdate',
      'risk',
      'inventory',
      'unowned',
    ],
    baseUpdate: ['current', 'proposed', 'fixes', 'adds'],
    proposed: ['reference', 'digest'],
    drift: [
      'from',
      'packages',
      'setuid',
      'binaries',
      'networkServices',
      'ports',
      'user',
      'entrypoint',
      'environment',
      'sizeBytes',
      'layers',
    ],
    added: ['type', 'name', 'version'],
    removed: ['type', 'name', 'version'],
    changed: ['type', 'name', 'from', 'to'],
    from: ['reference', 'digest'],
    anomaly: ['is_anomaly', 'anomaly_score', 'confidence', 'history', 'because'],
    unowned: ['path', 'entropy', 'layer'],
    inventory: ['name', 'version', 'purl', 'type', 'layer', 'path', 'source'],
    findings: [
      ...[
        'rule',
        'check',
        'severity',
        'score',
        'knownExploited',
        'epss',
        'published',
        'title',
        'message',
        'subject',
        'package',
        'content',
        'aliases',
        'references',
      ],
      ...['locations', 'suggestion', 'mode', 'state', 'newlyDisclosed', 'blocking', 'fingerprint', 'waiver', 'risk'],
    ],
    risk: ['risk_score', 'confidence', 'parts', 'recommended_actions'],
    parts: ['name', 'points', 'because'],
    package: ['name', 'version', 'purl', 'fixed', 'layer', 'instruction', 'path'],
    content: ['path', 'line', 'field', 'layer', 'instruction', 'removed'],
    suggestion: ['startLine', 'endLine', 'replacement'],
    waiver: ['reason', 'owner', 'until'],
    locations: location,
    gaps: ['subject', 'message', 'locations'],
    responses: ['condition', 'action', 'channel', 'subject', 'findings', 'state', 'detail'],
    coverage: ['files', 'objects', 'dockerfiles', 'images', 'skippedFiles'],
    files: ['judged', 'skipped'],
    images: ['judged', 'failed'],
    skippedFiles: ['file', 'reason'],
    policy: ['files', 'revision', 'failOn'],
  }),
)

/** Lists that say nothing when they are empty. */
const optionalLists = new Set(['aliases', 'references'])

/** What the rooms hand each other and the contract does not have. */
const internal = new Set(['anchor'])

function ordered(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((element) => ordered(element, name))
  if (typeof value !== 'object' || value === null) return value
  const members = value as Readonly<Record<string, unknown>>
  const keys = keysOf.get(name) ?? []
  const rest = Object.keys(members).filter((key) => !keys.includes(key) && !internal.has(key))
  const result: Record<string, unknown> = {}
  for (const key of keys) put(result, key, members)
  for (const key of rest.sort()) put(result, key, members)
  return result
}

function put(result: Record<string, unknown>, key: string, members: Readonly<Record<string, unknown>>): void {
  const member = Object.hasOwn(members, key) ? members[key] : undefined
  if (member === undefined || (optionalLists.has(key) && Array.isArray(member) && member.length === 0)) return
  const value = ordered(member, key)
  // A key from elsewhere stays a key.
  if (key === '__proto__') Object.defineProperty(result, key, { value, enumerable: true })
  else result[key] = value
}
