/** Which files dpkg owns, and what it put there: `info/NAME.list`, `info/NAME.md5sums`, and in distroless images the digests beside each record. dpkg(1), deb-md5sums(5), dpkg-divert(1) */
import { readText } from '../../formats/text.ts'
import { shortDigestOfHex } from '../integrity/digest.ts'
import type { Found, OwnedFile, PackageFormat } from './format.ts'

export const dpkgFiles: PackageFormat = {
  name: 'dpkg-files',
  endings: ['.list', 'sums', 'diversions'],
  reads: (path) => /^var\/lib\/dpkg\/(?:info\/[^/]+\.(?:list|md5sums)|status\.d\/[^/]+\.md5sums|diversions)$/.test(path),
  async *read(file) {
    const text = await readText(file.body, limitBytes)
    if (file.path.endsWith('/diversions')) yield* diversions(text)
    else if (file.path.endsWith('.md5sums')) yield* digests(text, ownerOf(file.path))
    else yield* inBatches(text, (line) => ownedFile(relative(line)))
  },
}

/** The longest have some megabytes. */
const limitBytes = 64 * 1024 * 1024
const batchFiles = 10_000

/** What lines say that is anything. */
function* inBatches(text: string, read: (line: string, number: number) => OwnedFile | undefined): Generator<Found> {
  let files: OwnedFile[] = []
  for (const [number, line] of linesOf(text)) {
    const file = read(line, number)
    if (file) files.push(file)
    if (files.length < batchFiles) continue
    yield { kind: 'owns-all', files }
    files = []
  }
  if (files.length > 0) yield { kind: 'owns-all', files }
}

/** With their numbers, that count from 1. One by one, since a file can be nothing but ends of lines. */
function* linesOf(text: string): Generator<readonly [number: number, line: string]> {
  let number = 0
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start)
    yield [++number, text.slice(start, end < 0 ? text.length : end)]
    start = end < 0 ? text.length : end + 1
  }
}

/** `DIGEST  usr/bin/x`. */
function* digests(text: string, owner: string): Generator<Found> {
  let unreadable: number | undefined
  yield* inBatches(text, (line, number) => {
    const space = line.indexOf(' ')
    const file = ownedFile(relative(line.slice(space + 2)))
    if (!file) return undefined
    const digest = shortDigestOfHex(line.slice(0, Math.max(space, 0)), 'md5')
    if (digest !== undefined) return { ...file, digest, owner }
    unreadable ??= number
    return file
  })
  // Its file is held to nothing.
  if (unreadable !== undefined)
    yield { kind: 'gap', line: unreadable, message: 'line that is not the MD5 digest of a file, two spaces and its path' }
}

/** Three lines each: the path, where it lies instead, and whose it is. */
function* diversions(text: string): Generator<Found> {
  const lines = text.split('\n')
  for (let at = 0; at + 2 < lines.length; at += 3)
    yield { kind: 'diverts', path: relative(lines[at] ?? ''), to: relative(lines[at + 1] ?? ''), owner: lines[at + 2] ?? '' }
}

/** `NAME`, or `NAME:ARCHITECTURE` where several can be installed. */
function ownerOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/(?::[^:]*)?\.md5sums$/, '')
}

/** Undefined for the root. */
function ownedFile(path: string): OwnedFile | undefined {
  return path === '' || path === '.' ? undefined : { path }
}

function relative(path: string): string {
  const start = path.startsWith('/') ? 1 : 0
  // Nearly all are done with here.
  if (!path.startsWith('/', start) && !path.startsWith('.', start)) return path.slice(start)
  return path.replace(/^(?:\.?\/)+/, '')
}
