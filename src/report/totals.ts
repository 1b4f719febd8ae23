/** What was looked at, what was found, and by which policy it was judged. Names in it are from outside: escape them. */
import type { Report } from '../findings.ts'
import { count, digits, someOf } from './words.ts'

export function coverageLines({ coverage, summary }: Report): string[] {
  const { files, images } = coverage
  const skipped = files.skipped > 0 ? ` (${digits(files.skipped)} skipped)` : ''
  const failed = images.failed > 0 ? `, ${digits(images.failed)} not readable` : ''
  const counts = [
    `${summary.critical} critical, ${summary.high} high, ${summary.medium} medium, ${summary.low} low`,
    ...(summary.unknown > 0 ? [`${summary.unknown} unknown`] : []),
  ].join(', ')
  const states = [
    `${summary.blocking} blocking`,
    ...(summary.existing > 0 ? [`${summary.existing} already on the base`] : []),
    ...(summary.waived > 0 ? [`${summary.waived} waived`] : []),
  ].join(', ')
  return [
    `judged ${count(files.judged, 'file')}${skipped}, ${count(coverage.objects, 'object')}, ${count(coverage.dockerfiles, 'Dockerfile')}, ${count(images.judged, 'image')}${failed}`,
    ...malwareLine(coverage),
    `found ${counts}; ${states}`,
  ]
}

function malwareLine({ malware }: Report['coverage']): string[] {
  if (!malware) return []
  const { engine, signatures, date, files, layers } = malware
  const age = signatures === undefined ? '' : `, signatures ${signatures}${date === undefined ? '' : ` of ${date}`}`
  return [`looked for malware in ${count(files, 'file')} of ${count(layers, 'layer')} with ${engine}${age}`]
}

/** Reports of earlier versions have no policy. */
export function policyLine(report: Report): string {
  const { policy } = report as Partial<Report>
  if (policy === undefined) return ''
  const files = policy.files.length === 0 ? 'no policy file, the default is in force' : `policy ${someOf(policy.files, 3)}`
  const revision = policy.revision === undefined ? '' : ` at ${policy.revision.slice(0, 12)}`
  return `${files}${revision}: ${policy.failOn === 'never' ? 'nothing blocks by its severity' : `blocks from ${policy.failOn}`}`
}
