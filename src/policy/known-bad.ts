/** Digests of files that must not ship: written into the policy, or in text files beside it, as `sha256sum` prints them. */
import { quote, UsageError } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import { localPath } from './local-path.ts'
import { at } from './validate.ts'

const digest = /^(?:sha256:)?([\da-fA-F]{64})$/
const line = /^(?:sha256:)?([\da-fA-F]{64})(?:[\s*]+(\S.*))?$/
/** Of all lists together. */
const maxDigests = 1_000_000

/** By the digest in hexadecimal: what the list says of it, or where it stands. Throws UsageError with the line of what is neither a digest nor a comment. */
export async function readKnownBad(
  entries: readonly string[],
  field: Field,
  read: (path: string) => Promise<Uint8Array | undefined>,
): Promise<ReadonlyMap<string, string>> {
  const known = new Map<string, string>()
  const add = (hexadecimal: string, what: string, place: string) => {
    known.set(hexadecimal.toLowerCase(), what.slice(0, 200))
    if (known.size > maxDigests) throw new UsageError(`${place}: more than ${maxDigests} digests`)
  }
  for (const [index, entry] of entries.entries()) {
    const place = field.at(index)
    const single = digest.exec(entry)?.[1]
    if (single !== undefined) {
      add(single, `sha256:${single.toLowerCase()}`, at(place.location()))
      continue
    }
    const bytes = await read(localPath(entry, place))
    if (bytes === undefined) throw new UsageError(`${at(place.location())}: ${quote(entry)} is neither a sha256 digest nor a file`)
    for (const [number, text] of new TextDecoder().decode(bytes).split('\n').entries()) {
      const content = text.trim()
      if (content === '' || content.startsWith('#')) continue
      const [, hexadecimal, name] = line.exec(content) ?? []
      const where = `${entry}:${number + 1}`
      if (hexadecimal === undefined) throw new UsageError(`${where}: expected a sha256 digest and what it is, found ${quote(content, 40)}`)
      add(hexadecimal, name ?? where, where)
    }
  }
  return known
}
