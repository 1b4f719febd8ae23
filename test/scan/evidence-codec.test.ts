import { zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { decodeEvidence, encodeEvidence, evidenceVersion } from '../../src/scan/evidence-codec.ts'
import type { LayerEvidence } from '../../src/scan/layer-evidence.ts'

const evidence: LayerEvidence = {
  entries: 'fa\0\0lb\0../c\0\0',
  entryCount: 2,
  files: [
    {
      path: 'a',
      format: 'node',
      packages: [{ kind: 'package', type: 'npm', name: 'ä"\n\u2028', version: '1' }],
      distribution: { id: 'alpine', version: '3.20', idLike: [] },
      owns: 'usr/bin/x\0',
      digests: 'mX usr/y\0',
      gaps: [{ kind: 'gap', line: 3, message: 'x' }],
    },
  ],
  remarks: [{ path: 'a', remarks: [{ kind: 'test', path: 'a' }] }],
  gaps: [{ path: '../x', message: 'climbs out of the root' }],
}
const whole = { version: evidenceVersion, ...evidence }
const { entries, files, ...rest } = evidence
const head = { version: evidenceVersion, ...rest, entries: Buffer.byteLength(entries), files: [{ ...files[0], owns: 10, digests: 9 }] }
const encoded = (document: unknown, texts = `${entries}usr/bin/x\0mX usr/y\0`) => {
  const json = Buffer.from(JSON.stringify(document))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(json.length)
  return zstdCompressSync(Buffer.concat([length, json, Buffer.from(texts)]))
}

test('evidence comes back as it was', () => {
  expect(decodeEvidence(encodeEvidence(evidence))).toEqual(whole)
})

test.each<[string, unknown]>([
  ['another version', { ...head, version: 'portcullis.layer-evidence/0' }],
  ['a version with other formats', { ...head, version: `${evidenceVersion},more:1` }],
  ['no entries', { ...head, entries: undefined }],
  ['no count', { ...head, entryCount: '2' }],
  ['no gaps', { ...head, gaps: {} }],
  ['no remarks', { ...head, remarks: undefined }],
  ['remarks without a path', { ...head, remarks: [{ remarks: [] }] }],
  ['a remark of no kind', { ...head, remarks: [{ path: 'a', remarks: [{}] }] }],
  ['no files', { ...head, files: undefined }],
  ['a file without packages', { ...head, files: [{ path: 'a', owns: 19, gaps: [] }] }],
  ['a file that is none', { ...head, files: ['a'] }],
  ['texts that are longer than they are', { ...head, entries: 10_000 }],
  ['texts that are shorter than they are', { ...head, entries: 1 }],
  ['texts of no length', { ...head, entries: -1 }],
  ['nothing', null],
])('a document of %s is not evidence', (_, document) => {
  expect(decodeEvidence(encoded(head))).toEqual(whole)
  expect(decodeEvidence(encoded(document))).toBeUndefined()
})

test('bytes that are not compressed, or are cut short, are not evidence', () => {
  expect(decodeEvidence(Buffer.from(JSON.stringify(head)))).toBeUndefined()
  expect(decodeEvidence(encodeEvidence(evidence).subarray(0, 20))).toBeUndefined()
})
