/**
 * Versions of Alpine's package keeper, `number{.number}{letter}{_suffix{number}}{~hash}{-r number}`:
 * https://gitlab.alpinelinux.org/alpine/apk-tools/-/blob/master/doc/apk-package.5.scd
 *
 * Where a version breaks that form, what follows is one last part that orders below any readable one. Releases of apk differ there;
 * this order is that of apk-tools 2 and 3 for every version that both accept, and a total order for the rest.
 */
import { checkVersion, compareDigits, compareText, type VersionOrder } from './order.ts'

export const alpine: VersionOrder = {
  name: 'alpine',
  ecosystems: ['Alpaquita', 'Alpine', 'BellSoft Hardened Containers', 'Chainguard', 'CleanStart', 'MinimOS', 'Wolfi'],
  compare(left, right) {
    const a = parse(left)
    const b = parse(right)
    for (let index = 0; index < a.length || index < b.length; index++) {
      const difference = compareParts(a[index] ?? end, b[index] ?? end)
      if (difference !== 0) return difference
    }
    return 0
  },
}

/** The later in this list, the lower: a part that goes on is above one that has ended, save a suffix of a version before the release. */
type Kind = 'number' | 'letter' | 'later-suffix' | 'suffix-number' | 'revision' | 'end' | 'broken-revision' | 'earlier-suffix' | 'broken'

const kinds: readonly Kind[] = [
  'number',
  'letter',
  'later-suffix',
  'suffix-number',
  'revision',
  'end',
  'broken-revision',
  'earlier-suffix',
  'broken',
]

interface Part {
  readonly kind: Kind
  readonly text: string
  /** The first number, whose leading zeros mean nothing. */
  readonly initial?: boolean
}

const end: Part = { kind: 'end', text: '' }
const earlierSuffixes = ['alpha', 'beta', 'pre', 'rc']
const laterSuffixes = ['cvs', 'svn', 'git', 'hg', 'p']

function parse(version: string): readonly Part[] {
  checkVersion(version)
  const parts: Part[] = []
  const initial = /^\d+/.exec(version)?.[0] ?? ''
  if (initial !== '') parts.push({ kind: 'number', text: initial, initial: true })
  let rest = version.slice(initial.length)
  const take = (expression: RegExp): RegExpExecArray | null => {
    const match = expression.exec(rest)
    if (match !== null) rest = rest.slice(match[0].length)
    return match
  }
  if (initial !== '') {
    for (let number = take(/^\.(\d+)/); number !== null; number = take(/^\.(\d+)/)) parts.push({ kind: 'number', text: number[1] ?? '' })
    // apk-tools 2 takes digits after the letter; apk-tools 3 does not.
    const letter = take(/^([a-z])(\d*)/)
    if (letter !== null) {
      parts.push({ kind: 'letter', text: letter[1] ?? '' })
      if (letter[2] !== '') parts.push({ kind: 'number', text: letter[2] ?? '', initial: true })
    }
    for (
      let suffix = take(/^_(alpha|beta|pre|rc|cvs|svn|git|hg|p)(\d*)(?![a-z])/);
      suffix !== null;
      suffix = take(/^_(alpha|beta|pre|rc|cvs|svn|git|hg|p)(\d*)(?![a-z])/)
    ) {
      const name = suffix[1] ?? ''
      parts.push({ kind: earlierSuffixes.includes(name) ? 'earlier-suffix' : 'later-suffix', text: name })
      if (suffix[2] !== '') parts.push({ kind: 'suffix-number', text: suffix[2] ?? '' })
    }
    // Says where it was built from and has no order.
    take(/^~[0-9a-f]+/)
  }
  if (rest === '') return parts
  const revision = /^-r(\d*)/.exec(rest)
  if (revision !== null && revision[0] === rest) parts.push({ kind: 'revision', text: revision[1] ?? '' })
  else if (rest.startsWith('-')) parts.push({ kind: 'broken-revision', text: revision?.[1] ?? '' })
  else parts.push({ kind: 'broken', text: rest })
  return parts
}

function compareParts(a: Part, b: Part): number {
  // A broken revision is below the same revision unbroken, and above a lower one; none is below revision 0.
  if (a.kind === 'broken-revision' && b.kind === 'end') return compareDigits(a.text, '') || -1
  if (a.kind === 'end' && b.kind === 'broken-revision') return compareDigits('', b.text) || 1
  if (a.kind === 'broken-revision' && b.kind === 'revision') return compareDigits(a.text, b.text) || -1
  if (a.kind === 'revision' && b.kind === 'broken-revision') return compareDigits(a.text, b.text) || 1
  if (a.kind !== b.kind) return kinds.indexOf(b.kind) - kinds.indexOf(a.kind)
  switch (a.kind) {
    case 'number':
      // Below the first number, leading zeros make it a fraction: 1.02 is older than 1.1.
      if (a.initial || b.initial || !(a.text.startsWith('0') || b.text.startsWith('0'))) return compareDigits(a.text, b.text)
      return compareText(a.text, b.text)
    case 'earlier-suffix':
      return earlierSuffixes.indexOf(a.text) - earlierSuffixes.indexOf(b.text)
    case 'later-suffix':
      return laterSuffixes.indexOf(a.text) - laterSuffixes.indexOf(b.text)
    case 'suffix-number':
    case 'revision':
    case 'broken-revision':
      return compareDigits(a.text, b.text)
    default:
      return compareText(a.text, b.text)
  }
}
