import { describe, expect, test } from 'vitest'
import { dpkgStatus } from '../builders/package-databases.ts'
import type { TarFiles } from '../builders/tar.ts'
import { elf, evidenceOf, md5sums } from './integrity/package-image.ts'

const ssl = 'usr/lib/x86_64-linux-gnu/libssl.so.3'
const status = (...names: readonly string[]) => ({
  'var/lib/dpkg/status': dpkgStatus(Object.fromEntries(names.map((name) => [name, '1']))),
})
const base: TarFiles = {
  'etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
  ...status('libc6', 'libssl3'),
  'var/lib/dpkg/info/libssl3:amd64.list': `/.\n/${ssl}\n`,
  ...md5sums('libssl3:amd64', { [ssl]: elf('ssl').content }),
  [ssl]: elf('ssl'),
}

async function gaps(...layers: readonly TarFiles[]) {
  return (await evidenceOf(base, ...layers)).gaps
}

const lost = (path: string) => ({
  layer: 'layer 0',
  path,
  message: 'was rid of "libssl3", and files of theirs are still there: whether advisories concern them is not known',
})

describe('a package that is in the database no more', () => {
  test('while its files are there is a gap', async () => {
    const path = 'var/lib/dpkg/status'
    expect(await gaps(status('libc6'))).toEqual([lost(path)])
    const withoutLists = { 'var/lib/dpkg/info/.wh.libssl3:amd64.list': '', 'var/lib/dpkg/info/.wh.libssl3:amd64.md5sums': '' }
    expect(await gaps({ ...status('libc6'), ...withoutLists })).toEqual([lost(path)])
  })

  test('and whose files are gone, or are others by now, is none', async () => {
    expect(await gaps({ ...status('libc6'), [`${ssl.replace(/[^/]*$/, '')}.wh.libssl.so.3`]: '' })).toEqual([])
    expect(await gaps({ ...status('libc6'), [ssl]: elf('own') })).toEqual([])
  })

  test('and whose files another package has taken over is none', async () => {
    const heir = { ...status('libc6', 'libssl3t64'), ...md5sums('libssl3t64:amd64', { [ssl]: elf('ssl').content }) }
    expect(await gaps(heir)).toEqual([])
    expect(await gaps({ ...status('libc6', 'libssl3t64'), 'var/lib/dpkg/info/libssl3t64.list': `/${ssl}\n` })).toEqual([])
  })

  test('of images without a database of their own is none, and neither is one that is there still', async () => {
    expect(await gaps()).toEqual([])
    expect(await gaps(status('libc6', 'libssl3'))).toEqual([])
  })
})

test('a record of a distroless image that was deleted leaves a gap', async () => {
  const record = (name: string) => ({ [`var/lib/dpkg/status.d/${name}`]: `Package: ${name}\nVersion: 1\nArchitecture: amd64\n` })
  const sums = Object.fromEntries(
    Object.entries(md5sums('libssl3', { [ssl]: elf('ssl').content })).map(([path, text]) => [path.replace('/info/', '/status.d/'), text]),
  )
  const image = { 'etc/os-release': 'ID=debian\nVERSION_ID="12"\n', ...record('libc6'), ...record('libssl3'), ...sums, [ssl]: elf('ssl') }
  const evidence = await evidenceOf(image, { 'var/lib/dpkg/status.d/.wh.libssl3': '' })
  expect(evidence.gaps).toEqual([lost('var/lib/dpkg/status.d/libssl3')])
})
