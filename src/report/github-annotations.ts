/**
 * Findings as workflow commands on standard output: annotations for a token that may only read.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
import type { Location, Report } from '../findings.ts'
import { escapeCommandData, escapeCommandProperty, escapeTerminal } from './escape.ts'
import { type Group, groupTitle } from './group.ts'
import { fixOf } from './help.ts'
import { type Item, itemsOf } from './items.ts'
import type { RenderContext } from './renderer.ts'
import { count, someOf } from './words.ts'

/** Annotations of one kind that GitHub shows of a step. https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations */
export const annotationsOfAKind = 10

const longestMessage = 1_000
const longestTitle = 120

type Command = 'error' | 'warning'

/** Lines with their ends: what blocks and what could not be verified as errors, what else is new as warnings, the most important first. */
export function* githubAnnotations(report: Report, context: RenderContext): Iterable<string> {
  const fresh = itemsOf(
    report.findings.filter((finding) => finding.state === 'new' || finding.blocking),
    context,
  )
  const blocking = fresh.filter(({ group }) => group.findings[0].blocking).map((item) => itemCommand('error', item, context))
  const open = fresh.filter(({ group }) => !group.findings[0].blocking).map((item) => itemCommand('warning', item, context))
  const gaps = report.gaps.map(({ locations, message, subject }) =>
    command('error', locations[0], 'not verified', `${subject}: ${message}`, context),
  )
  // A gap keeps the gate closed too: findings do not push all of them out.
  const room = Math.min(gaps.length, Math.max(annotationsOfAKind - blocking.length, 2))
  const errors = [...blocking.slice(0, annotationsOfAKind - room), ...gaps.slice(0, room)]
  const warnings = open.slice(0, annotationsOfAKind)
  yield* errors
  yield* warnings
  const left = blocking.length + gaps.length + open.length - errors.length - warnings.length
  if (left > 0)
    yield `::notice title=Portcullis::${count(left, 'more finding')} in the job summary, GitHub shows ${annotationsOfAKind} of a kind\n`
}

function itemCommand(kind: Command, { group, locations: [first, ...also] }: Item, context: RenderContext): string {
  const places = also.map(({ file, startLine }) => `${file}:${startLine}`)
  const lines = [groupTitle(group), idsOf(group), fixOf(group, context), places.length === 0 ? '' : `also ${someOf(places, 5)}`]
  const { rule, severity, subject } = group.findings[0]
  const title = group.package === undefined ? `${severity}: ${rule}` : `${severity}: ${group.package.name}`
  return command(kind, first, title, [...lines, first === undefined ? subject : ''].filter((line) => line !== '').join('\n'), context)
}

function idsOf({ findings, package: affected }: Group): string {
  if (affected === undefined || findings.length < 2) return ''
  return someOf(
    findings.map(({ rule }) => rule),
    10,
  )
}

function command(kind: Command, location: Location | undefined, title: string, message: string, { rootPath = '' }: RenderContext): string {
  const properties = [
    ...(location === undefined ? [] : placeProperties(location, rootPath)),
    ['title', escapeTerminal(title).slice(0, longestTitle)],
  ].map(([name, value]) => `${name}=${escapeCommandProperty(value ?? '')}`)
  const data = message
    .split('\n')
    .map((line) => escapeTerminal(line))
    .join('\n')
    .slice(0, longestMessage)
  return `::${kind} ${properties.join(',')}::${escapeCommandData(data.toWellFormed())}\n`
}

/** Columns are for a single line only. */
function placeProperties({ endColumn, endLine, file, startColumn, startLine }: Location, rootPath: string): string[][] {
  const columns =
    startLine !== endLine || startColumn === undefined
      ? []
      : [['col', String(startColumn)], ...(endColumn === undefined ? [] : [['endColumn', String(endColumn)]])]
  return [['file', rootPath + escapeTerminal(file)], ['line', String(startLine)], ['endLine', String(endLine)], ...columns]
}
