import { expect, test } from 'vitest'
import { dpkgFiles } from '../../../src/scan/inventory/dpkg-files.ts'
import { readFormat } from './read-format.ts'

const owned = (found: readonly { kind: string; path?: string }[]) => found.map(({ kind, path }) => `${kind} ${path}`)

test('a list names files from the root', async () => {
  expect(owned(await readFormat(dpkgFiles, 'var/lib/dpkg/info/libc6:amd64.list', '/.\n/usr\n/usr/lib/a b.so\n'))).toEqual([
    'owns usr',
    'owns usr/lib/a b.so',
  ])
})

test('digests name files without the leading slash', async () => {
  const content = '0123456789abcdef0123456789abcdef  usr/bin/openssl\n\n'
  expect(owned(await readFormat(dpkgFiles, 'var/lib/dpkg/status.d/openssl.md5sums', content))).toEqual(['owns usr/bin/openssl'])
})

test('what is no digest is a gap, once a file, and the path is owned all the same', async () => {
  const content = '0123456789abcdef0123456789abcdef  usr/bin/a\nxyz  usr/bin/b\n0123  usr/bin/c\n'
  expect(await readFormat(dpkgFiles, 'var/lib/dpkg/info/a.md5sums', content)).toEqual([
    expect.objectContaining({ kind: 'owns', path: 'usr/bin/a', owner: 'a' }),
    { kind: 'owns', path: 'usr/bin/b' },
    { kind: 'owns', path: 'usr/bin/c' },
    { kind: 'gap', line: 2, message: 'line that is not the MD5 digest of a file, two spaces and its path' },
  ])
})

test('a list of more files than are told of at once names each of them once', async () => {
  const paths = Array.from({ length: 25_001 }, (_, index) => `usr/share/${index}`)
  const content = `/.\n${paths.map((path) => `/${path}\n`).join('')}`
  const found = await readFormat(dpkgFiles, 'var/lib/dpkg/info/x.list', content, 1024 * 1024)
  expect(found).toEqual(paths.map((path) => ({ kind: 'owns', path })))
})

test('a list may lack its last end of line, and be nothing but ends of lines', async () => {
  expect(owned(await readFormat(dpkgFiles, 'var/lib/dpkg/info/x.list', '//usr\n./opt\n/.x'))).toEqual(['owns usr', 'owns opt', 'owns .x'])
  expect(await readFormat(dpkgFiles, 'var/lib/dpkg/info/x.list', '\n'.repeat(100_000), 1024 * 1024)).toEqual([])
})

test('a list without end is refused at its bound', async () => {
  await expect(readFormat(dpkgFiles, 'var/lib/dpkg/info/x.list', Buffer.alloc(65 * 1024 * 1024, 10), 1024 * 1024)).rejects.toThrow(
    'larger than',
  )
})
