/** A run as events, one JSON object a line, for whoever collects logs. */
import type { Report } from '../../findings.ts'
import { escapeJson } from '../../report/escape.ts'

/** Findings first, then gaps, then the verdict. Waived findings are no events. */
export function* eventLines(report: Report, now: Date): Iterable<string> {
  const { findings, gaps, verdict, summary, reasons, shard } = report
  for (const { state, check, severity, rule, subject, message, blocking, locations, fingerprint } of findings) {
    if (state === 'waived') continue
    const [first] = locations
    const place = first ? { file: first.file, line: first.startLine } : {}
    yield eventLine(now, blocking ? 'error' : 'warning', check, {
      severity,
      rule,
      subject,
      message,
      state,
      blocking,
      ...place,
      fingerprint,
    })
  }
  for (const { subject, message } of gaps) yield eventLine(now, 'error', 'gap', { severity: 'unknown', subject, message })
  yield eventLine(now, verdict === 'pass' ? 'info' : 'error', 'verdict', {
    verdict,
    message: reasons[0] ?? verdict,
    ...summary,
    ...(shard && { shard: `${shard.index}/${shard.of}` }),
  })
}

/** `time` is `%Y-%m-%dT%H:%M:%S.%NZ`, with nanoseconds, as fluentd reads it. */
export function eventLine(
  now: Date,
  level: 'error' | 'info' | 'warning',
  type: string,
  members: Readonly<Record<string, unknown>>,
): string {
  const time = now.toISOString().replace(/\.(\d{3})Z$/u, '.$1000000Z')
  return `${escapeJson(JSON.stringify({ time, level, source: 'portcullis', event_type: type, ...members }))}\n`
}
