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
      gaps: [{ kind: 'gap', line: 3, message: 'x' }],
    },
  ],
  remarks: [{ path: 'a', remarks: [{ kind: 'test', path: 'a' }] }],
  gaps: [{ path: '../x', message: 'climbs out of the root' }],
}
const whole = { version: evidenceVersion, ...evidence }
const encoded = (document: unknown) => zstdCompressSync(JSON.stringify(document))

test('evidence comes back as it was', () => {
  expect(decodeEvidence(encodeEvidence(evidence))).toEqual(whole)
})

test.each<[string, unknown]>([
  ['another version', { ...whole, version: 'portcullis.layer-evidence/0' }],
  ['a version with other formats', { ...whole, version: `${evidenceVersion},more:1` }],
  ['no entries', { ...whole, entries: undefined }],
  ['no count', { ...whole, entryCount: '2' }],
  ['no gaps', { ...whole, gaps: {} }],
  ['no remarks', { ...whole, remarks: undefined }],
  ['remarks without a path', { ...whole, remarks: [{ remarks: [] }] }],
  ['a remark of no kind', { ...whole, remarks: [{ path: 'a', remarks: [{}] }] }],
  ['no files', { ...whole, files: undefined }],
  ['a file without packages', { ...whole, files: [{ path: 'a', owns: '', gaps: [] }] }],
  ['a file that is none', { ...whole, files: ['a'] }],
  ['nothing', null],
])('a document of %s is not evidence', (_, document) => {
  expect(decodeEvidence(encoded(whole))).toBeDefined()
  expect(decodeEvidence(encoded(document))).toBeUndefined()
})

test('bytes that are not compressed, or are cut short, are not evidence', () => {
  expect(decodeEvidence(Buffer.from(JSON.stringify(whole)))).toBeUndefined()
  expect(decodeEvidence(encodeEvidence(evidence).subarray(0, 20))).toBeUndefined()
})
