import { expect, test } from 'vitest'
import type { Examiner } from '../../src/scan/examiner.ts'
import { readLayerEvidence } from '../../src/scan/layer-evidence.ts'
import { mergeEvidence } from '../../src/scan/merge-evidence.ts'
import { apkDatabase } from '../builders/package-databases.ts'
import { buildTar, type TarFiles } from '../builders/tar.ts'

/** Repeats what is in a file, if anything is. */
const echo: Examiner = {
  name: 'echo',
  version: 1,
  open({ path }) {
    let text = ''
    return {
      write(piece) {
        text += Buffer.from(piece).toString()
      },
      end: () => (text === '' ? [] : [{ kind: text, path }]),
    }
  },
}

async function image(...layers: readonly TarFiles[]) {
  const read = async (files: TarFiles, index: number) => {
    const bytes = buildTar(files)
    const open = async function* () {
      yield bytes
    }
    const signal = new AbortController().signal
    const mediaType = 'application/vnd.oci.image.layer.v1.tar'
    return { digest: `layer ${index}`, evidence: await readLayerEvidence({ open, mediaType, signal, examiners: [echo] }) }
  }
  return mergeEvidence(await Promise.all(layers.map(read)))
}

const said = async (...layers: readonly TarFiles[]) =>
  (await image(...layers)).remarks?.map(({ kind, path, layer, isRemoved }) => `${kind} ${path} ${layer}${isRemoved ? ' removed' : ''}`)

test.each<[string, TarFiles, string]>([
  ['nothing of it', { other: { directory: true } }, 'a app/a layer 0'],
  ['a whiteout', { 'app/.wh.a': '' }, 'a app/a layer 0 removed'],
  ['a whiteout of its folder', { '.wh.app': '' }, 'a app/a layer 0 removed'],
  ['an opaque folder', { 'app/.wh..wh..opq': '' }, 'a app/a layer 0 removed'],
  ['a link in its place', { 'app/a': { symlink: 'b' } }, 'a app/a layer 0 removed'],
  ['a folder in its place', { 'app/a': { directory: true } }, 'a app/a layer 0 removed'],
  ['a link in its folder’s place', { app: { symlink: 'other' } }, 'a app/a layer 0 removed'],
])('a remark of a lower layer says whether its file is still there, after %s', async (_, top, expected) => {
  const lines = await said({ 'app/a': 'a' }, top)
  expect(lines?.[0]).toBe(expected)
})

test('a file that a later layer replaced has remarks in both, and the first is removed', async () => {
  expect(await said({ a: 'one' }, { a: 'two' })).toEqual(['one a layer 0 removed', 'two a layer 1'])
})

test('a file below a linked folder is found where it is, under the name that its layer has', async () => {
  expect(await said({ 'usr/lib/': { directory: true }, lib: { symlink: 'usr/lib' } }, { 'lib/x': 'x' })).toEqual(['x usr/lib/x layer 1'])
  expect(await said({ lib: { symlink: 'usr/lib' } }, { 'lib/x': 'x' }, { 'usr/lib/.wh.x': '' })).toEqual(['x lib/x layer 1 removed'])
})

test('a file that lives on as a hard link has that name', async () => {
  expect(await said({ a: 'x', b: { hardlink: 'a' } }, { '.wh.a': '' })).toEqual(['x b layer 0'])
  expect(await said({ a: 'x', b: { hardlink: 'a' } }, { '.wh.a': '', '.wh.b': '' })).toEqual(['x a layer 0 removed'])
})

test('a path that its own layer has twice is removed the first time', async () => {
  const one = buildTar({ a: 'one' }).subarray(0, -1024)
  const bytes = Buffer.concat([one, buildTar({ a: 'two' })])
  const open = async function* () {
    yield bytes
  }
  const input = { open, mediaType: 'application/vnd.oci.image.layer.v1.tar', signal: new AbortController().signal, examiners: [echo] }
  const { remarks } = mergeEvidence([{ digest: 'one', evidence: await readLayerEvidence(input) }])
  expect(remarks?.map(({ kind, isRemoved }) => [kind, isRemoved])).toEqual([
    ['two', false],
    ['one', true],
  ])
})

test('a layer that an image has twice is told of once, as what is left of it', async () => {
  const bytes = buildTar({ a: 'x' })
  const open = async function* () {
    yield bytes
  }
  const input = { open, mediaType: 'application/vnd.oci.image.layer.v1.tar', signal: new AbortController().signal, examiners: [echo] }
  const layer = { digest: 'same', evidence: await readLayerEvidence(input) }
  const { remarks } = mergeEvidence([layer, { digest: 'same', evidence: await readLayerEvidence(input) }])
  expect(remarks).toEqual([{ kind: 'x', path: 'a', layer: 'same', isRemoved: false }])
})

test('files have their attributes, links where they lead, and hard links what their file has', async () => {
  const { files } = await image(
    { 'usr/bin/su': { content: 'su', mode: 0o4755, uid: 0, gid: 7 }, bin: { symlink: 'usr/bin', mode: 0o777 }, gone: 'x' },
    { 'usr/bin/sudo': { hardlink: 'usr/bin/su' }, '.wh.gone': '', 'deep/er/a': { content: '', mode: 0o666, uid: 1000, gid: 1000 } },
  )
  const su = { type: 'file', mode: 0o4755, uid: 0, gid: 7, sizeBytes: 2 }
  const folder = { type: 'directory', mode: 0o755, uid: 0, gid: 0, sizeBytes: 0 }
  expect([...(files?.all() ?? [])].sort((left, right) => (left.path < right.path ? -1 : 1))).toEqual([
    { path: 'bin', type: 'symlink', mode: 0o777, uid: 0, gid: 0, sizeBytes: 0, linkPath: 'usr/bin', layer: 'layer 0' },
    { path: 'deep', ...folder, layer: 'layer 1' },
    { path: 'deep/er', ...folder, layer: 'layer 1' },
    { path: 'deep/er/a', type: 'file', mode: 0o666, uid: 1000, gid: 1000, sizeBytes: 0, layer: 'layer 1' },
    { path: 'usr', ...folder, layer: 'layer 0' },
    { path: 'usr/bin', ...folder, layer: 'layer 0' },
    { path: 'usr/bin/su', ...su, layer: 'layer 0' },
    { path: 'usr/bin/sudo', ...su, layer: 'layer 1' },
  ])
  expect(files?.find('bin/su')).toEqual({ path: 'usr/bin/su', ...su, layer: 'layer 0' })
  expect(files?.find('gone')).toBeUndefined()
})

test('a folder has the attributes of the last layer that has it', async () => {
  const { files } = await image({ tmp: { directory: true, mode: 0o777 } }, { tmp: { directory: true, mode: 0o1777 } })
  expect(files?.find('tmp')).toMatchObject({ mode: 0o1777, layer: 'layer 1' })
})

test('a file is owned where its package says so, also through a linked folder, and a link that leads to it is not', async () => {
  const { files } = await image({
    bin: { symlink: 'usr/bin' },
    'usr/bin/busybox': 'x',
    'usr/bin/mine': 'x',
    'usr/bin/alias': { symlink: 'busybox' },
    'lib/apk/db/installed': `${apkDatabase({ busybox: '1' }).trimEnd()}\nF:bin\nR:busybox\n\n`,
  })
  const owned = (path: string) => files?.isOwned(path)
  expect([owned('usr/bin/busybox'), owned('bin/busybox'), owned('usr/bin/mine'), owned('usr/bin/alias')]).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test('a file whose digest is noted is owned, whatever its name, whether or not anybody spoke of it', async () => {
  const sum = '0123456789abcdef0123456789abcdef'
  const { files } = await image({
    bin: { symlink: 'usr/bin' },
    'var/lib/dpkg/info/a.md5sums': `${sum}  usr/share/a b/c d\n${sum}  top\n${sum}  bin/su\n${sum}  usr/share/empty\n`,
    'usr/share/a b/c d': 'x',
    'usr/share/d': 'x',
    top: 'x',
    'usr/bin/su': { content: '', mode: 0o4755 },
    'usr/share/empty': '',
    '>a': '',
  })
  const paths = ['usr/share/empty', 'usr/share/a b/c d', 'usr/share/d', 'd', 'top', 'usr/bin/su', 'bin/su', '>a', 'a', 'gone']
  expect(paths.filter((path) => files?.isOwned(path))).toEqual(['usr/share/empty', 'usr/share/a b/c d', 'top', 'usr/bin/su', 'bin/su'])
})

test('files are the same for everybody who walks through them', async () => {
  const { files } = await image({ a: 'x', 'b/c': { content: 'y', mode: 0o4755 } })
  expect([...(files?.all() ?? [])].map(({ path }) => path).sort()).toEqual(['a', 'b', 'b/c'])
  expect([...(files?.all() ?? [])]).toEqual([...(files?.all() ?? [])])
})
