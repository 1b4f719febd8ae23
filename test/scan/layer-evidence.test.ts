import { expect, test } from 'vitest'
import { examineLayer } from '../../src/scan/examine-layer.ts'
import type { Examiner } from '../../src/scan/examiner.ts'
import type { PackageFormat } from '../../src/scan/inventory/format.ts'
import { readLayerEvidence } from '../../src/scan/layer-evidence.ts'
import type { LayerInput } from '../../src/scan/layer-input.ts'
import { buildTar, padded, paxHeader, type TarFiles, tarEnd, tarHeader } from '../builders/tar.ts'

const mediaType = 'application/vnd.oci.image.layer.v1.tar'

function read(files: TarFiles, more: Partial<LayerInput> = {}) {
  const bytes = buildTar(files)
  const open = async function* () {
    yield bytes
  }
  return readLayerEvidence({ open, mediaType, signal: new AbortController().signal, ...more })
}

function format(found: PackageFormat['read']): readonly PackageFormat[] {
  return [{ name: 'test', reads: (path) => path === 'a', read: found }]
}

test('entries are kept in their order with what they are, links with where they lead', async () => {
  const { entries, entryCount } = await read({
    a: { content: 'x', mode: 0o4755, uid: 1, gid: 36 },
    b: { directory: true },
    c: { symlink: '../x', mode: 0o777 },
    d: { hardlink: 'a' },
    '.wh.e': '',
  })
  expect(entries).toBe('fa\0' + '1yl,1,10,1\0' + 'db\0\0' + 'lc\0../x\0\0' + 'hd\0a\0bo\0' + 'f.wh.e\0\0')
  expect(entryCount).toBe(5)
})

test('what a format throws is a gap of the file, and what it found before stays', async () => {
  const formats = format(async function* () {
    yield { kind: 'package', type: 'npm', name: 'a', version: '1' }
    throw new SyntaxError('not JSON')
  })
  expect((await read({ a: 'x', b: 'y' }, { formats })).files).toEqual([
    {
      path: 'a',
      format: 'test',
      packages: [{ kind: 'package', type: 'npm', name: 'a', version: '1' }],
      owns: '',
      gaps: [{ kind: 'gap', message: 'test: not JSON' }],
    },
  ])
})

test('a format may leave a file before its end, and the next entry is read', async () => {
  const seen: string[] = []
  const formats: PackageFormat[] = [
    {
      name: 'test',
      reads: () => true,
      async *read({ path, body }) {
        seen.push(path)
        for await (const _ of body) return yield { kind: 'owns', path }
      },
    },
  ]
  await read({ a: Buffer.alloc(3_000_000), b: 'y' }, { formats })
  expect(seen).toEqual(['a', 'b'])
})

test('a file that names packages without end is cut, with a gap', async () => {
  const formats = format(async function* () {
    for (;;) yield { kind: 'owns', path: '' }
  })
  expect((await read({ a: 'x' }, { formats })).files[0]?.gaps).toEqual([
    { kind: 'gap', message: 'test: file names more than 2000000 packages and paths' },
  ])
})

test('a layer of too many entries, or of too long names in all, is refused', async () => {
  await expect(read({ a: '', b: '', c: '' }, { bounds: { maxEntries: 2 } })).rejects.toThrow('more than 2 entries')
  await expect(read({ aaaa: '', b: { symlink: 'cccccc' } }, { bounds: { maxNames: 10 } })).rejects.toThrow(
    'names of more than 10 characters',
  )
})

test('a folder’s long name before every file does not fill the memory', async () => {
  const folder = 'x'.repeat(1_000_000)
  const files = `F:${folder}\n${'R:a\n'.repeat(1_000_000)}\n`
  const { files: found } = await read({ 'lib/apk/db/installed': files })
  expect(found[0]?.owns).toBe('')
  expect(found[0]?.gaps).toEqual([{ kind: 'gap', message: 'apk: file names paths that are too long' }])
})

test('sparse files that are too many for who examines alone are gaps for who reads packages, once each', async () => {
  const sparse = (path: string, sizeBytes: number, content: string) =>
    Buffer.concat([
      paxHeader({ 'GNU.sparse.map': `0,${content.length}`, 'GNU.sparse.size': `${sizeBytes}` }),
      tarHeader({ path, sizeBytes: content.length }),
      padded(content),
    ])
  const tar = Buffer.concat([sparse('a', 2 ** 40, 'x'), sparse('b', 50_000, 'y'), tarEnd()])
  const open = async function* () {
    yield tar
  }
  const seen: string[] = []
  const examiners: Examiner[] = [{ name: 'test', version: 1, open: ({ path }) => ({ write: () => void seen.push(path), end: () => [] }) }]
  const input: LayerInput = { open, mediaType, signal: new AbortController().signal }
  const formats = format(async function* ({ body }) {
    for await (const _ of body) yield { kind: 'owns', path: 'never' }
  })
  const { files, gaps } = await readLayerEvidence({ ...input, formats, examiners: [] })
  expect([...files.flatMap((file) => file.gaps), ...gaps].map(({ message }) => message)).toEqual([
    'test: a sparse file has 1099511627776 bytes, more than 1073741824',
    'is a sparse file of 50000 bytes, which is more than is read',
  ])
  expect(await examineLayer({ ...input, examiners })).toEqual({ remarks: [], gaps: [] })
  expect(seen).toEqual([])
})
