/** Debian Policy 5.6.12: https://www.debian.org/doc/debian-policy/ch-controlfields.html#version */
import { checkVersion, compareDigits, type VersionOrder } from './order.ts'

export const debian: VersionOrder = {
  name: 'debian',
  // opam's versions are ordered by the same rules: https://opam.ocaml.org/doc/Manual.html#version-ordering
  ecosystems: ['Debian', 'Docker Hardened Images', 'Echo', 'opam', 'Ubuntu'],
  compare(left, right) {
    const a = parse(left)
    const b = parse(right)
    return compareDigits(a.epoch, b.epoch) || comparePart(a.upstream, b.upstream) || comparePart(a.revision, b.revision)
  },
}

interface DebianVersion {
  readonly epoch: string
  readonly upstream: string
  readonly revision: string
}

function parse(version: string): DebianVersion {
  checkVersion(version)
  const colon = version.indexOf(':')
  const hasEpoch = colon > 0 && /^\d+$/.test(version.slice(0, colon))
  const rest = hasEpoch ? version.slice(colon + 1) : version
  const dash = rest.lastIndexOf('-')
  return {
    epoch: hasEpoch ? version.slice(0, colon) : '',
    upstream: dash < 0 ? rest : rest.slice(0, dash),
    revision: dash < 0 ? '' : rest.slice(dash + 1),
  }
}

/** Parts without digits and parts of digits, in turn, beginning with one without. An absent revision equals `0`. */
function comparePart(left: string, right: string): number {
  let a = left
  let b = right
  while (a !== '' || b !== '') {
    const textA = /^\D*/.exec(a)?.[0] ?? ''
    const textB = /^\D*/.exec(b)?.[0] ?? ''
    const byText = compareLetters(textA, textB)
    if (byText !== 0) return byText
    a = a.slice(textA.length)
    b = b.slice(textB.length)
    const digitsA = /^\d*/.exec(a)?.[0] ?? ''
    const digitsB = /^\d*/.exec(b)?.[0] ?? ''
    const byDigits = compareDigits(digitsA, digitsB)
    if (byDigits !== 0) return byDigits
    a = a.slice(digitsA.length)
    b = b.slice(digitsB.length)
  }
  return 0
}

function compareLetters(left: string, right: string): number {
  for (let index = 0; index < left.length || index < right.length; index++) {
    const difference = weight(left[index]) - weight(right[index])
    if (difference !== 0) return difference
  }
  return 0
}

/** `~` before the end, the end before letters, letters before all else. */
function weight(character: string | undefined): number {
  if (character === undefined) return 0
  if (character === '~') return -1
  const code = character.charCodeAt(0)
  return /[A-Za-z]/.test(character) ? code : code + 0x10000
}
