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

test('a list without end is refused at its bound', async () => {
  await expect(readFormat(dpkgFiles, 'var/lib/dpkg/info/x.list', Buffer.alloc(65 * 1024 * 1024, 10), 1024 * 1024)).rejects.toThrow(
    'larger than',
  )
})
