/** Where in the diff each finding is told: on its line, on a line of its object, on its file, or not at all. */
import type { Finding } from '../../findings.ts'
import { compareFindings } from '../../report/order.ts'
import { alignPatch } from './align.ts'
import type { FilePatch, PullFile } from './diff.ts'
import { partOf } from './part-of.ts'

/** Lines of the head's file, inclusive; one line where `startLine` is `line`. */
export interface Anchor {
  readonly path: string
  readonly startLine: number
  readonly line: number
}

/** What one comment tells: all findings of one anchor, the worst first. */
export interface Comment {
  readonly anchor: Anchor
  readonly findings: readonly [Finding, ...Finding[]]
  /** The finding whose suggestion replaces the very lines of the anchor. */
  readonly suggested?: Finding
}

/** What is told on a changed file as a whole. */
export interface FileComment {
  readonly path: string
  readonly findings: readonly [Finding, ...Finding[]]
}

export interface Anchored {
  /** By severity, the worst first. */
  readonly comments: readonly Comment[]
  /** Of files that the pull request changes on other lines, or on lines that GitHub does not show. */
  readonly fileComments: readonly FileComment[]
  /** Of files that it does not change. */
  readonly elsewhere: readonly Finding[]
}

/** `lines`: the text of a judged file; a line of the diff is used only where that has the same text. */
export function anchorFindings(
  findings: readonly Finding[],
  files: readonly PullFile[],
  lines: (file: string) => readonly string[],
): Anchored {
  const patches = new Map(files.flatMap(({ path, patch }) => (patch ? [[path, patch] as const] : [])))
  const aligned = new Map<string, Shown>()
  const shown = (file: string): Shown | undefined => {
    const patch = patches.get(file)
    const known = aligned.get(file) ?? (patch && { patch, lines: alignPatch(patch, lines(file)) })
    if (known) aligned.set(file, known)
    return known
  }
  const comments = new Map<string, { anchor: Anchor; findings: [Finding, ...Finding[]]; suggested?: Finding }>()
  const changed = new Set(files.filter(({ status }) => status !== 'removed').map(({ path }) => path))
  const fileComments = new Map<string, [Finding, ...Finding[]]>()
  const elsewhere: Finding[] = []
  for (const finding of findings.toSorted(compareFindings)) {
    const found = anchorOf(finding, shown, lines)
    if (!found) {
      const path = finding.locations.find(({ file }) => changed.has(file))?.file
      const comment = path === undefined ? undefined : fileComments.get(path)
      if (path === undefined) elsewhere.push(finding)
      else if (comment) comment.push(finding)
      else fileComments.set(path, [finding])
      continue
    }
    // One comment a line, wherever the range that a suggestion needs began.
    const key = JSON.stringify([found.anchor.path, found.line])
    const comment = comments.get(key)
    const suggests = found.takesSuggestion ? { anchor: found.anchor, suggested: finding } : {}
    if (!comment) comments.set(key, { anchor: found.anchor, findings: [finding], ...suggests })
    else {
      comment.findings.push(finding)
      if (!comment.suggested) Object.assign(comment, suggests)
    }
  }
  return {
    comments: [...comments.values()],
    fileComments: [...fileComments].map(([path, all]) => ({ path, findings: all })),
    elsewhere,
  }
}

interface Found {
  readonly anchor: Anchor
  /** The finding's own line, which may be inside of the anchor. */
  readonly line: number
  readonly takesSuggestion: boolean
}

interface Shown {
  /** By the judged line, the line of the diff. */
  readonly lines: ReadonlyMap<number, number>
  readonly patch: FilePatch
}

function anchorOf(
  finding: Finding,
  shown: (file: string) => Shown | undefined,
  lines: (file: string) => readonly string[],
): Found | undefined {
  const [first] = finding.locations
  const { suggestion } = finding
  const range = first && suggestion ? shownTogether(suggestion, shown(first.file)) : undefined
  if (first && range)
    return {
      anchor: { path: first.file, ...range },
      line: range.line - (suggestion?.endLine ?? 0) + first.startLine,
      takesSuggestion: true,
    }
  for (const { file, startLine, endLine } of finding.locations) {
    const line = nearest(startLine, startLine, endLine, shown(file)?.lines)
    if (line !== undefined) return at(file, line)
  }
  for (const { file, startLine } of finding.locations) {
    const [from, to] = partOf(lines(file), startLine)
    const line = nearest(startLine, from, to, shown(file)?.lines)
    if (line !== undefined) return at(file, line)
  }
  return undefined
}

function at(path: string, line: number): Found {
  return { anchor: { path, startLine: line, line }, line, takesSuggestion: false }
}

/** The lines of the diff, where one hunk has them all. */
function shownTogether(
  { startLine, endLine }: { readonly startLine: number; readonly endLine: number },
  shown: Shown | undefined,
): { readonly startLine: number; readonly line: number } | undefined {
  const [start, end] = [shown?.lines.get(startLine), shown?.lines.get(endLine)]
  if (!shown || start === undefined || end === undefined || end - start !== endLine - startLine || end < start) return undefined
  return shown.patch.hunks.get(start) === shown.patch.hunks.get(end) ? { startLine: start, line: end } : undefined
}

/** The line of the diff for the judged line in `from` to `to` that is nearest to `line`; the one above it where two are. */
function nearest(line: number, from: number, to: number, shown: ReadonlyMap<number, number> | undefined): number | undefined {
  if (!shown) return undefined
  const reach = Math.max(line - from, to - line)
  for (let distance = 0; distance <= reach; distance++) {
    const above = line - distance >= from ? shown.get(line - distance) : undefined
    const found = above ?? (line + distance <= to ? shown.get(line + distance) : undefined)
    if (found !== undefined) return found
  }
  return undefined
}
