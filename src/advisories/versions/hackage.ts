/** Haskell's package versions, Data.Version: numbers between points. https://pvp.haskell.org/ */
import { quote } from '../../findings.ts'
import { UnreadableVersion } from '../errors.ts'
import { compareSequences } from './cran.ts'
import { checkVersion, type VersionOrder } from './order.ts'

export const hackage: VersionOrder = {
  name: 'hackage',
  ecosystems: ['Hackage'],
  compare(left, right) {
    return compareSequences(parse(left), parse(right))
  },
}

function parse(version: string): readonly string[] {
  checkVersion(version)
  // Tags behind a hyphen are no part of the order since 2013.
  const match = /^(\d+(?:\.\d+)*)(?:-[\w-]+)?$/.exec(version)
  if (match === null) throw new UnreadableVersion(`${quote(version)} is no version of a Haskell package`)
  return (match[1] ?? '').split('.')
}
