/**
 * The results of a Tekton task, one file each. All of a task's results together are in the message with which its pod ends, of at most 4,096 bytes.
 * https://tekton.dev/docs/pipelines/tasks/#emitting-results
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { quote, type Report, UsageError } from '../../findings.ts'
import { json } from '../../report/json.ts'
import { version } from '../../version.ts'
import { writeWhole } from '../../write-file.ts'

/** The message also names each result and its type: about a hundred bytes each. */
const valuesLimitBytes = 3072

/** Written beside and renamed, so that a result is whole or not there. Throws UsageError where the folder cannot be written, or the values are too large. */
export async function writeResults(directory: string, results: ReadonlyMap<string, string>): Promise<void> {
  const sizeBytes = [...results.values()].reduce((sum, value) => sum + Buffer.byteLength(value), 0)
  if (sizeBytes > valuesLimitBytes)
    throw new UsageError(`--results-directory: the results have ${sizeBytes} bytes, Tekton takes at most ${valuesLimitBytes} of them`)
  try {
    for (const [name, value] of results) await writeWhole(join(directory, name), value)
  } catch (error) {
    throw new UsageError(`--results-directory ${quote(directory)}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}

export async function writeReportResults(directory: string, report: Report, now: Date): Promise<void> {
  await writeResults(directory, reportResults(report, now))
}

/** `report-digest` is of the report's bytes as `--format json` prints them. */
export function reportResults(report: Report, now: Date): ReadonlyMap<string, string> {
  const context = { lines: () => [], width: 100, colour: false, version }
  const results = new Map([
    ['verdict', report.verdict],
    ['counts', JSON.stringify(countsOf(report))],
    [
      'report-digest',
      `sha256:${createHash('sha256')
        .update([...json(report, context)].join(''))
        .digest('hex')}`,
    ],
    ['TEST_OUTPUT', JSON.stringify(testOutput(report, now))],
    ['SCAN_OUTPUT', JSON.stringify(scanOutput(report))],
  ])
  const left = valuesLimitBytes - [...results.values()].reduce((sum, value) => sum + Buffer.byteLength(value), 0)
  return results.set('images', JSON.stringify(imagesWithin(report, left)))
}

/** Of an object result all values are texts. https://tekton.dev/docs/pipelines/tasks/#emitting-object-results */
function countsOf({ summary }: Report): Record<string, string> {
  return Object.fromEntries(Object.entries(summary).map(([key, value]) => [key, String(value)]))
}

/** As many as there is room for; all are in the report. Chains reads `reference@digest`. https://tekton.dev/docs/chains/slsa-provenance/ */
function imagesWithin({ subjects }: Report, leftBytes: number): readonly string[] {
  const names = new Set(
    subjects.flatMap(({ reference, digest }) =>
      digest === undefined ? [] : [reference.includes('@') ? reference : `${reference}@${digest}`],
    ),
  )
  const images: string[] = []
  for (const name of names) {
    if (Buffer.byteLength(JSON.stringify([...images, name])) > leftBytes) break
    images.push(name)
  }
  return images
}

/** https://github.com/konflux-ci/architecture/blob/main/ADR/0030-tekton-results-naming-convention.md */
function testOutput({ verdict, summary, findings, coverage, reasons }: Report, now: Date) {
  const warnings = findings.filter(({ state, blocking }) => state === 'new' && !blocking).length
  const judged = coverage.objects + coverage.dockerfiles + coverage.images.judged
  return {
    result:
      verdict === 'pass' ? (judged === 0 ? 'SKIPPED' : warnings > 0 ? 'WARNING' : 'SUCCESS') : verdict === 'block' ? 'FAILURE' : 'ERROR',
    timestamp: now.toISOString().replace(/\.\d+Z$/u, '+00:00'),
    note: `portcullis ${version}: ${(reasons[0] ?? '').slice(0, 200)}`,
    namespace: 'portcullis',
    successes: verdict === 'pass' ? 1 : 0,
    failures: summary.blocking,
    warnings,
  }
}

/** Open vulnerabilities by severity, and those of them that no version fixes. */
function scanOutput({ findings }: Report) {
  const open = findings.filter(({ check, state }) => check === 'vulnerability' && state !== 'waived')
  const count = (some: typeof open) =>
    Object.fromEntries(
      ['critical', 'high', 'medium', 'low', 'unknown'].map((severity) => [
        severity,
        some.filter((each) => each.severity === severity).length,
      ]),
    )
  return {
    vulnerabilities: count(open.filter((each) => each.package?.fixed)),
    unpatched_vulnerabilities: count(open.filter((each) => !each.package?.fixed)),
  }
}
