/** The lines of judged files as a report may show them: what a secret finding points at is covered, so that a report does not spread it. */
import type { Location, Report } from '../findings.ts'
import { literalSecretRules } from '../gate/literal-secret-rules.ts'
import { tooManySecrets } from '../scan/secrets/told.ts'
import type { RenderContext } from './renderer.ts'

const cover = '•'
/** Shorter ones stand in other words too. */
const leastRepeated = 8

export function withoutSecrets(report: Report, context: RenderContext): RenderContext['lines'] {
  const secrets = Map.groupBy(
    report.findings.filter(({ check, rule }) => check === 'secret' || literalSecretRules.has(rule)).flatMap((finding) => finding.locations),
    (location) => location.file,
  )
  const covered = new Map<string, readonly string[]>()
  // Nobody knows what else is in it.
  for (const { subject, message } of report.gaps) if (message === tooManySecrets(subject)) covered.set(subject, [])
  if (secrets.size === 0) return (file) => covered.get(file) ?? context.lines(file)
  // The same secret is told once a file, and may stand on other lines and in other files as well.
  const repeated = [...secrets].flatMap(([file, places]) => (covered.has(file) ? [] : textsAt(context.lines(file), places)))
  const pattern = anyOf(new Set(repeated))
  return (file) => {
    const known = covered.get(file)
    if (known !== undefined) return known
    const lines = coverTexts(coverPlaces(context.lines(file), secrets.get(file) ?? []), pattern)
    covered.set(file, lines)
    return lines
  }
}

function textsAt(lines: readonly string[], places: readonly Location[]): string[] {
  return places
    .filter(isExact)
    .map(({ startLine, startColumn, endColumn }) => (lines[startLine - 1] ?? '').slice(startColumn - 1, endColumn - 1))
    .filter(({ length }) => length >= leastRepeated)
}

function anyOf(texts: ReadonlySet<string>): RegExp | undefined {
  if (texts.size === 0) return undefined
  const longestFirst = [...texts].sort((left, right) => right.length - left.length)
  return new RegExp(longestFirst.map((text) => RegExp.escape(text)).join('|'), 'g')
}

function coverTexts(lines: readonly string[], pattern: RegExp | undefined): readonly string[] {
  return pattern === undefined ? lines : lines.map((line) => line.replaceAll(pattern, (text) => cover.repeat(text.length)))
}

type ExactPlace = Location & { readonly startColumn: number; readonly endColumn: number }

function isExact(place: Location): place is ExactPlace {
  const { startLine, endLine, startColumn, endColumn } = place
  return startLine === endLine && startColumn !== undefined && endColumn !== undefined && endColumn > startColumn
}

/** A token may be a part of a longer password, of which nothing is shown either. */
function wordStart(text: string, column: number): number {
  return column - (/[^\s"'`=:/@,;<>(){}[\]|&]{0,200}$/.exec(text.slice(Math.max(0, column - 200), column))?.[0].length ?? 0)
}

function coverPlaces(lines: readonly string[], places: readonly Location[]): readonly string[] {
  const result = [...lines]
  for (const place of places) {
    const { startLine, endLine } = place
    for (let line = Math.max(1, startLine); line <= Math.min(endLine, result.length); line++) {
      const text = result[line - 1] ?? ''
      // Without columns, or over many lines, the whole line may be the secret.
      const from = isExact(place) ? wordStart(text, place.startColumn - 1) : text.length - text.trimStart().length
      const to = isExact(place) ? Math.min(place.endColumn - 1, text.length) : text.length
      if (to > from) result[line - 1] = text.slice(0, from) + cover.repeat(to - from) + text.slice(to)
    }
  }
  return result
}
