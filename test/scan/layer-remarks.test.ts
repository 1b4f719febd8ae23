import { expect, test } from 'vitest'
import type { Examination, Examiner, Remark } from '../../src/scan/examiner.ts'
import { formats } from '../../src/scan/inventory/formats.ts'
import { readLayerEvidence } from '../../src/scan/layer-evidence.ts'
import type { LayerInput } from '../../src/scan/layer-input.ts'
import { looksBinary } from '../../src/scan/looks-binary.ts'
import { buildTar, type TarFiles } from '../builders/tar.ts'

interface Size extends Remark {
  readonly bytes: number
  readonly pieces: number
}

/** Says of every file how much of it was seen. */
function sizes(more: Partial<Examination<Size>> = {}, name = 'size'): Examiner<Size> {
  return {
    name,
    version: 1,
    open({ path }) {
      let [bytes, pieces] = [0, 0]
      return {
        write(piece) {
          bytes += piece.length
          pieces++
          return more.write?.(piece)
        },
        end: more.end ?? (() => [{ kind: name, path, bytes, pieces }]),
      }
    },
  }
}

function read(files: TarFiles, examiners: readonly Examiner[], more: Partial<LayerInput> = {}) {
  const bytes = buildTar(files)
  const open = async function* () {
    for (let start = 0; start < bytes.length; start += 100_000) yield bytes.subarray(start, start + 100_000)
  }
  return readLayerEvidence({
    open,
    mediaType: 'application/vnd.oci.image.layer.v1.tar',
    signal: new AbortController().signal,
    examiners,
    ...more,
  })
}

test('examiners see every regular file once, and what they say is kept', async () => {
  const { remarks, gaps } = await read({ a: 'abc', b: { directory: true }, c: { symlink: 'a' }, d: { hardlink: 'a' }, e: '' }, [sizes()])
  expect(remarks).toEqual([
    { path: 'a', remarks: [{ kind: 'size', path: 'a', bytes: 3, pieces: 1 }] },
    { path: 'e', remarks: [{ kind: 'size', path: 'e', bytes: 0, pieces: 0 }] },
  ])
  expect(gaps).toEqual([])
})

test('a file that a format reads in part, or not at all, is seen whole by examiners', async () => {
  const big = Buffer.alloc(300_000, 'x')
  const read1 = formats.map(({ endings: _any, ...format }) => ({
    ...format,
    reads: (path: string) => path === 'big' && format.name === 'node',
    read: async function* () {},
  }))
  const { remarks, files } = await read({ big, after: 'x' }, [sizes()], { formats: read1 })
  expect(files.map(({ path }) => path)).toEqual(['big'])
  expect(remarks.map(({ remarks: [one] }) => one)).toMatchObject([
    { path: 'big', bytes: 300_000 },
    { path: 'after', bytes: 1 },
  ])
})

test('an examiner that has seen enough is not given the rest, and the others are', async () => {
  const early = sizes({ write: () => false }, 'early')
  const { remarks } = await read({ big: Buffer.alloc(300_000) }, [early, sizes()])
  const [{ remarks: said = [] } = {}] = remarks
  expect(said).toMatchObject([
    { kind: 'early', pieces: 1 },
    { kind: 'size', bytes: 300_000 },
  ])
})

test('what an examiner throws is a gap of its file, and nothing else is lost', async () => {
  const broken = (where: 'write' | 'end'): Examiner => {
    const fail = () => {
      throw new Error(`bad ${where}`)
    }
    return sizes({ [where]: fail }, where)
  }
  const open: Examiner = {
    name: 'open',
    version: 1,
    open() {
      throw new Error('bad open')
    },
  }
  const { remarks, gaps } = await read({ a: 'x', b: 'y' }, [broken('write'), broken('end'), open, sizes()])
  expect(remarks.map(({ remarks: said }) => said.length)).toEqual([1, 1])
  expect(gaps.map(({ path, message }) => `${path} ${message}`)).toEqual(
    ['a', 'b'].flatMap((path) => [`${path} open: bad open`, `${path} write: bad write`, `${path} end: bad end`]),
  )
})

test('what was said of a path that comes again in its layer is kept apart', async () => {
  const bytes = Buffer.concat([buildTar({ a: 'first' }).subarray(0, -1024), buildTar({ a: 'second one', b: '' })])
  const open = async function* () {
    yield bytes
  }
  const { remarks } = await read({}, [sizes()], { open })
  expect(remarks.map(({ path, isReplaced = false, remarks: [one] }) => [path, isReplaced, (one as Size).bytes])).toEqual([
    ['a', false, 10],
    ['b', false, 0],
    ['a', true, 5],
  ])
})

test('remarks without end are cut, of a file and of a layer, each with a gap', async () => {
  const many: Examiner = {
    name: 'many',
    version: 1,
    open: ({ path }) => ({ write() {}, end: () => Array(10).fill({ kind: 'many', path }) }),
  }
  const ofFile = await read({ a: '' }, [many], { bounds: { maxRemarksOfFile: 3 } })
  expect([ofFile.remarks[0]?.remarks.length, ofFile.gaps]).toEqual([
    3,
    [{ path: 'a', message: 'more than 3 things are to be said of the file' }],
  ])
  for (const bounds of [{ maxRemarks: 15 }, { maxRemarkText: 15 * '{"kind":"many","path":"a"}'.length }]) {
    const { remarks, gaps } = await read({ a: '', b: '', c: '' }, [many], { bounds })
    expect(remarks.map(({ remarks: said }) => said.length)).toEqual([10, 5])
    expect(gaps).toEqual([{ message: expect.stringMatching(/^more is to be said of the layer's files than /) }])
  }
})

test.each<[string, Uint8Array, boolean]>([
  ['a program', Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1'), true],
  ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\r', 'latin1'), true],
  ['text', Buffer.from('#!/bin/sh\nécho\n'), false],
  ['nothing', Buffer.alloc(0), false],
  ['text of UTF-16', Buffer.from('\ufeffa=1', 'utf16le'), false],
  ['text with a zero far away', Buffer.concat([Buffer.alloc(9000, 'a'), Buffer.alloc(1)]), false],
])('%s is told by its beginning', (_, piece, expected) => {
  expect(looksBinary(piece)).toBe(expected)
})
