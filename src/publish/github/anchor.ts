/** Where in the diff each finding is told: on its line, on a line of its object, or not at all. */
import type { Finding, Location } from '../../findings.ts'
import { compareFindings } from '../../report/order.ts'
import type { FilePatch, PullFile } from './diff.ts'

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

export interface Anchored {
  /** By severity, the worst first. */
  readonly comments: readonly Comment[]
  /** What the diff does not show. */
  readonly elsewhere: readonly Finding[]
}

/** `lines`: the text of a judged file. A line of the diff is used only where the judged text is the same: the checkout may be of another commit. */
export function anchorFindings(
  findings: readonly Finding[],
  files: readonly PullFile[],
  lines: (file: string) => readonly string[],
): Anchored {
  const patches = new Map(files.flatMap(({ path, patch }) => (patch ? [[path, patch] as const] : [])))
  const comments = new Map<string, { anchor: Anchor; findings: [Finding, ...Finding[]]; suggested?: Finding }>()
  const elsewhere: Finding[] = []
  for (const finding of findings.toSorted(compareFindings)) {
    const found = anchorOf(finding, patches, lines)
    if (!found) {
      elsewhere.push(finding)
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
  return { comments: [...comments.values()], elsewhere }
}

interface Found {
  readonly anchor: Anchor
  /** The finding's own line, which may be inside of the anchor. */
  readonly line: number
  readonly takesSuggestion: boolean
}

function anchorOf(
  finding: Finding,
  patches: ReadonlyMap<string, FilePatch>,
  lines: (file: string) => readonly string[],
): Found | undefined {
  const shownIn = (location: Location): ((line: number) => boolean) => {
    const patch = patches.get(location.file)
    const text = lines(location.file)
    return (line) => patch !== undefined && patch.lines.get(line) === text[line - 1]
  }
  const [first] = finding.locations
  const { suggestion } = finding
  if (first && suggestion && isShownTogether(suggestion, patches.get(first.file), shownIn(first))) {
    const { startLine, endLine } = suggestion
    return { anchor: { path: first.file, startLine, line: endLine }, line: first.startLine, takesSuggestion: true }
  }
  for (const location of finding.locations) {
    const line = nearest(location.startLine, location.startLine, location.endLine, shownIn(location))
    if (line !== undefined) return at(location.file, line)
  }
  for (const location of finding.locations) {
    const [from, to] = partOf(lines(location.file), location.startLine)
    const line = nearest(location.startLine, from, to, shownIn(location))
    if (line !== undefined) return at(location.file, line)
  }
  return undefined
}

function at(path: string, line: number): Found {
  return { anchor: { path, startLine: line, line }, line, takesSuggestion: false }
}

function isShownTogether(
  { startLine, endLine }: { readonly startLine: number; readonly endLine: number },
  patch: FilePatch | undefined,
  isShown: (line: number) => boolean,
): boolean {
  const hunk = patch?.hunks.get(startLine)
  if (patch === undefined || hunk === undefined || endLine < startLine) return false
  for (let line = startLine; line <= endLine; line++) if (!isShown(line) || patch.hunks.get(line) !== hunk) return false
  return true
}

/** The shown line in `from` to `to` that is nearest to `line`; the one above it where two are. */
function nearest(line: number, from: number, to: number, isShown: (line: number) => boolean): number | undefined {
  const reach = Math.max(line - from, to - line)
  for (let distance = 0; distance <= reach; distance++) {
    if (line - distance >= from && isShown(line - distance)) return line - distance
    if (line + distance <= to && isShown(line + distance)) return line + distance
  }
  return undefined
}

/** The lines of the document or the build stage that a line is in, from 1, inclusive. */
function partOf(lines: readonly string[], line: number): readonly [number, number] {
  const isDockerfile = lines.some((text) => /^\s*FROM\s/i.test(text)) && !lines.some((text) => /^(?:apiVersion|kind):/.test(text))
  const starts = isDockerfile ? /^\s*FROM\s/i : /^---(?:\s|$)/
  let from = Math.min(line, Math.max(1, lines.length))
  while (from > 1 && !starts.test(lines[from - 1] ?? '')) from--
  let to = line
  while (to < lines.length && !starts.test(lines[to] ?? '')) to++
  return [from, to]
}
