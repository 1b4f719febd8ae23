/**
 * PEP 440, now https://packaging.python.org/en/latest/specifications/version-specifiers/#version-scheme. What is no such version is a legacy
 * one, below all others, in the order of setuptools: https://setuptools.pypa.io/en/stable/pkg_resources.html (`parse_version`, before 66).
 */
import { checkVersion, compareDigits, compareText, type VersionOrder } from './order.ts'
import { compareNumbers } from './semver.ts'

export const pypi: VersionOrder = {
  name: 'pypi',
  ecosystems: ['PyPI'],
  compare(left, right) {
    const [a, b] = [parse(left), parse(right)]
    if (Array.isArray(a) || Array.isArray(b)) {
      return Array.isArray(a) && Array.isArray(b) ? compareLegacy(a, b) : Number(Array.isArray(b)) - Number(Array.isArray(a))
    }
    return (
      compareDigits(a.epoch, b.epoch) ||
      compareNumbers(a.release, b.release) ||
      comparePhase(a.pre, b.pre) ||
      comparePhase(a.post, b.post) ||
      comparePhase(a.dev, b.dev) ||
      compareLocal(a.local, b.local)
    )
  },
}

/** A part that may be absent: where it is, `rank` says on which side of those that are not. */
interface Phase {
  readonly rank: number
  readonly number: string
}

interface PythonVersion {
  readonly epoch: string
  readonly release: readonly string[]
  readonly pre: Phase
  readonly post: Phase
  readonly dev: Phase
  readonly local: readonly string[]
}

/** Appendix B of PEP 440. */
const form =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/

const preRanks: ReadonlyMap<string, number> = new Map([
  ['a', 1],
  ['alpha', 1],
  ['b', 2],
  ['beta', 2],
  ['c', 3],
  ['pre', 3],
  ['preview', 3],
  ['rc', 3],
])

function parse(text: string): PythonVersion | string[] {
  checkVersion(text)
  const match = form.exec(text.toLowerCase())
  if (match === null) return parseLegacy(text.toLowerCase())
  const [, epoch = '', release = '', pre, preNumber = '', implicitPost, post, postNumber = '', dev, devNumber = '', local] = match
  const hasPost = post !== undefined || implicitPost !== undefined
  return {
    epoch,
    release: release.split('.'),
    // 1.0.dev1 is before 1.0a1, 1.0 behind all of its pre-releases.
    pre:
      pre === undefined ? { rank: dev !== undefined && !hasPost ? 0 : 4, number: '' } : { rank: preRanks.get(pre) ?? 0, number: preNumber },
    post: { rank: hasPost ? 1 : 0, number: implicitPost ?? postNumber },
    dev: { rank: dev === undefined ? 1 : 0, number: devNumber },
    local: local === undefined ? [] : local.split(/[-_.]/),
  }
}

function comparePhase(a: Phase, b: Phase): number {
  return a.rank - b.rank || compareDigits(a.number, b.number)
}

/** Numbers are above words; more segments are above fewer. */
function compareLocal(left: readonly string[], right: readonly string[]): number {
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [a, b] = [left[index] ?? '', right[index] ?? '']
    const [isNumberA, isNumberB] = [/^\d+$/.test(a), /^\d+$/.test(b)]
    const difference = isNumberA && isNumberB ? compareDigits(a, b) : isNumberA !== isNumberB ? (isNumberA ? 1 : -1) : compareText(a, b)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

const legacyWords: ReadonlyMap<string, string> = new Map([
  ['pre', 'c'],
  ['preview', 'c'],
  ['-', 'final-'],
  ['rc', 'c'],
  ['dev', '@'],
])

/** Numbers, and words with a `*` before them. */
function parseLegacy(text: string): string[] {
  const parts: string[] = []
  for (const raw of [...text.split(/(\d+|[a-z]+|\.|-)/), 'final']) {
    if (raw === '' || raw === '.') continue
    const part = /^\d/.test(raw) ? raw : `*${legacyWords.get(raw) ?? raw}`
    if (part.startsWith('*')) {
      if (compareText(part, '*final') < 0) while (parts.at(-1) === '*final-') parts.pop()
      while (/^0+$/.test(parts.at(-1) ?? '')) parts.pop()
    }
    parts.push(part)
  }
  return parts
}

function compareLegacy(left: readonly string[], right: readonly string[]): number {
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [a, b] = [left[index] ?? '', right[index] ?? '']
    const difference = /^\d/.test(a) && /^\d/.test(b) ? compareDigits(a, b) : compareText(a, b)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
