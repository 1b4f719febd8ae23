/** `[epoch:]version[-release]` as rpm compares them, rpmvercmp: https://rpm-software-management.github.io/rpm/man/rpm-version.7 */
import { checkVersion, compareDigits, compareText, type VersionOrder } from './order.ts'

export const redhat: VersionOrder = {
  name: 'redhat',
  ecosystems: ['AlmaLinux', 'Azure Linux', 'Mageia', 'openEuler', 'openSUSE', 'Photon OS', 'Red Hat', 'Rocky Linux', 'SUSE', 'TuxCare'],
  compare(left, right) {
    const a = parse(left)
    const b = parse(right)
    return compareDigits(a.epoch, b.epoch) || comparePart(a.version, b.version) || comparePart(a.release, b.release)
  },
}

interface RpmVersion {
  readonly epoch: string
  readonly version: string
  /** With its hyphen, so that an empty release is more than none. */
  readonly release: string
}

function parse(text: string): RpmVersion {
  checkVersion(text)
  const [, epoch = '', rest = ''] = /^(?:(\d*):)?(.*)$/s.exec(text) ?? []
  const dash = rest.indexOf('-')
  return dash < 0 ? { epoch, version: rest, release: '' } : { epoch, version: rest.slice(0, dash), release: rest.slice(dash) }
}

/** Runs of digits and runs of letters, whatever stands between them. `~` is before the end, `^` right behind it. */
function comparePart(left: string, right: string): number {
  if (left === '' || right === '') return Math.sign(left.length - right.length)
  let a = skip(left)
  let b = skip(right)
  while (true) {
    for (const mark of ['~', '^']) {
      const [markedA, markedB] = [a.startsWith(mark), b.startsWith(mark)]
      if (!markedA && !markedB) continue
      if (markedA && markedB) return comparePart(a.slice(1) || ' ', b.slice(1) || ' ')
      if (mark === '~') return markedA ? -1 : 1
      return markedA ? (b === '' ? 1 : -1) : a === '' ? -1 : 1
    }
    if (a === '' || b === '') return Math.sign(a.length - b.length)
    const run = /^\d/.test(a) ? /^\d+/ : /^[A-Za-z]+/
    const runA = run.exec(a)?.[0] ?? ''
    const runB = run.exec(b)?.[0] ?? ''
    if (runB === '') return /^\d/.test(a) ? 1 : -1
    const difference = /^\d/.test(a) ? compareDigits(runA, runB) : compareText(runA, runB)
    if (difference !== 0) return difference
    a = skip(a.slice(runA.length))
    b = skip(b.slice(runB.length))
  }
}

const skip = (text: string): string => text.replace(/^[^A-Za-z0-9~^]+/, '')
