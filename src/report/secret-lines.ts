/** The lines of judged files as a report may show them: what a secret finding points at is covered, so that a report does not spread it. */
import type { Location, Report } from '../findings.ts'
import { literalSecretRules } from '../gate/literal-secret-rules.ts'
import type { RenderContext } from './renderer.ts'

const cover = '•'

export function withoutSecrets(report: Report, context: RenderContext): RenderContext['lines'] {
  const secrets = Map.groupBy(
    report.findings.filter(({ check, rule }) => check === 'secret' || literalSecretRules.has(rule)).flatMap((finding) => finding.locations),
    (location) => location.file,
  )
  const covered = new Map<string, readonly string[]>()
  return (file) => {
    const places = secrets.get(file)
    if (places === undefined) return context.lines(file)
    const known = covered.get(file)
    if (known !== undefined) return known
    const lines = coverPlaces(context.lines(file), places)
    covered.set(file, lines)
    return lines
  }
}

function coverPlaces(lines: readonly string[], places: readonly Location[]): readonly string[] {
  const result = [...lines]
  for (const { startLine, endLine, startColumn, endColumn } of places) {
    for (let line = Math.max(1, startLine); line <= Math.min(endLine, result.length); line++) {
      const text = result[line - 1] ?? ''
      // Without columns, or over many lines, the whole line may be the secret.
      const exact = startLine === endLine && startColumn !== undefined && endColumn !== undefined && endColumn > startColumn
      const from = exact ? startColumn - 1 : text.length - text.trimStart().length
      const to = exact ? Math.min(endColumn - 1, text.length) : text.length
      if (to > from) result[line - 1] = text.slice(0, from) + cover.repeat(to - from) + text.slice(to)
    }
  }
  return result
}
