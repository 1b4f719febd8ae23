/** Which files dpkg owns, and what it put there: `info/NAME.list`, `info/NAME.md5sums`, and in distroless images the digests beside each record. dpkg(1), deb-md5sums(5), dpkg-divert(1) */
import { readText } from '../../formats/text.ts'
import { shortDigestOfHex } from '../integrity/digest.ts'
import type { Found, PackageFormat } from './format.ts'

export const dpkgFiles: PackageFormat = {
  name: 'dpkg-files',
  reads: (path) => /^var\/lib\/dpkg\/(?:info\/[^/]+\.(?:list|md5sums)|status\.d\/[^/]+\.md5sums|diversions)$/.test(path),
  async *read(file) {
    const lines = (await readText(file.body, limitBytes)).split('\n')
    if (file.path.endsWith('/diversions')) yield* diversions(lines)
    else if (file.path.endsWith('.md5sums')) yield* digests(lines, ownerOf(file.path))
    else
      for (const line of lines) {
        const path = relative(line)
        if (path !== '' && path !== '.') yield { kind: 'owns', path }
      }
  },
}

/** The longest have some megabytes. */
const limitBytes = 64 * 1024 * 1024

/** `DIGEST  usr/bin/x`. */
function* digests(lines: readonly string[], owner: string): Generator<Found> {
  let unreadable: number | undefined
  for (const [index, line] of lines.entries()) {
    const path = relative(line.slice(line.indexOf(' ') + 2))
    if (path === '' || path === '.') continue
    const digest = shortDigestOfHex(line.slice(0, line.indexOf(' ')), 'md5')
    if (digest === undefined) unreadable ??= index + 1
    yield digest === undefined ? { kind: 'owns', path } : { kind: 'owns', path, digest, owner }
  }
  // Its file is held to nothing.
  if (unreadable !== undefined)
    yield { kind: 'gap', line: unreadable, message: 'line that is not the MD5 digest of a file, two spaces and its path' }
}

/** Three lines each: the path, where it lies instead, and whose it is. */
function* diversions(lines: readonly string[]): Generator<Found> {
  for (let at = 0; at + 2 < lines.length; at += 3)
    yield { kind: 'diverts', path: relative(lines[at] ?? ''), to: relative(lines[at + 1] ?? ''), owner: lines[at + 2] ?? '' }
}

/** `NAME`, or `NAME:ARCHITECTURE` where several can be installed. */
function ownerOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/(?::[^:]*)?\.md5sums$/, '')
}

function relative(path: string): string {
  return path.replace(/^(?:\.?\/)+/, '')
}
