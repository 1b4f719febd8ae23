/** What everybody may write: https://man7.org/linux/man-pages/man7/inode.7.html */
import { quote, type Severity } from '../../../findings.ts'
import type { ImageFile } from '../../image-files.ts'
import { isAccountFile } from '../account-files.ts'
import { reachableByOthers } from '../reachable.ts'
import type { ImageRule } from '../rule.ts'

export const worldWritable: ImageRule = {
  id: 'image/world-writable',
  severity: 'medium',
  title: 'Everybody may write files of the image',
  why: "Whoever gets to run anything in the container, as whatever user, can change these files: a program or a configuration that others trust. In etc or among the system's programs that is the way to all of them.",
  fix: 'Give the files to the user that has to write them (`COPY --chown`), with mode 755 or 644; a folder that all must write gets the sticky bit (1777). `readOnlyRootFilesystem: true` keeps the files of the image as they are.',
  references: [
    'https://man7.org/linux/man-pages/man7/inode.7.html',
    'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  ],
  concerns: 'image',
  *check({ notable, evidence }) {
    const isReachable = reachableByOthers(evidence.files)
    const files = notable.filter((file) => isWorldWritable(file) && isReachable(file.path))
    for (const [place, group] of [...groupsOf(files)].sort(([left], [right]) => (left < right ? -1 : 1))) {
      const { first, count, severity } = group
      yield { content: { path: first.path, layer: first.layer }, severity, anchor: place, message: messageOf(first, count, place) }
    }
  },
}

function isWorldWritable({ path, type, mode }: ImageFile): boolean {
  if ((mode & 0o002) === 0 || /^(?:dev|proc|sys)(?:\/|$)/.test(path) || isAccountFile(path)) return false
  // In a folder with the sticky bit, everybody's files are their own.
  return type === 'directory' ? (mode & 0o1000) === 0 : type === 'file' || type === 'hardlink'
}

interface Group {
  first: ImageFile
  count: number
  severity: Severity
}

/** By the topmost folder that everybody may write, else by the folder that they are in: one `chmod -R 777` is one finding. */
function groupsOf(files: readonly ImageFile[]): ReadonlyMap<string, Group> {
  const folders = new Set(files.filter(({ type }) => type === 'directory').map(({ path }) => path))
  const groups = new Map<string, Group>()
  for (const file of files) {
    const place = topmost(file.path, folders) ?? `${file.path.slice(0, file.path.lastIndexOf('/') + 1)}*`
    const severity = severityOf(file.path)
    const known = groups.get(place)
    if (known === undefined) {
      groups.set(place, { first: file, count: 1, severity })
      continue
    }
    known.count += 1
    if (file.path < known.first.path) known.first = file
    if (rank(severity) > rank(known.severity)) known.severity = severity
  }
  return groups
}

function topmost(path: string, folders: ReadonlySet<string>): string | undefined {
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1))
    if (folders.has(path.slice(0, end))) return path.slice(0, end)
  return folders.has(path) ? path : undefined
}

function severityOf(path: string): Severity {
  if (/^(?:etc|(?:usr\/(?:local\/)?)?s?bin)(?:\/|$)/.test(path)) return 'high'
  return /^(?:tmp|var\/tmp|run|var\/run)\//.test(path) ? 'low' : 'medium'
}

function rank(severity: Severity): number {
  return ['low', 'medium', 'high'].indexOf(severity)
}

function messageOf({ path, type, mode }: ImageFile, count: number, place: string): string {
  const what = `everybody may write ${quote(path)} (mode ${(mode & 0o7777).toString(8)})`
  if (count === 1) return what
  const others = `${count - 1} other file${count === 2 ? '' : 's'}`
  return type === 'directory' && path === place ? `${what}, and ${others} and folders below it` : `${what}, and ${others} beside it`
}
