import { zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { keptLimits, packAnswers, unpackAnswers } from '../../src/manifests/kept-answers.ts'
import type { KeptAnswers } from '../../src/manifests/rule-memory.ts'

const answers = (digest: string, index = 0): KeptAnswers => ({
  ...{ digest, index, circumstances: 'here' },
  own: { asks: ['object/one', 'object/two'] },
  pods: [{ asks: [] }, { asks: ['pod/one'] }],
})

test('what is packed is unpacked, in its order', () => {
  const [seen, unseen] = [[answers('b'), answers('b', 1), answers('a')], [answers('c')]]
  expect(unpackAnswers(packAnswers(seen, unseen))).toEqual([...seen, ...unseen])
})

test('of what this run did not see a bounded number is kept, those first that were used last', () => {
  const unseen = Array.from({ length: keptLimits.unseen + 5 }, (_, index) => answers('old', index))
  const kept = unpackAnswers(packAnswers([answers('new')], unseen))
  expect(kept).toHaveLength(keptLimits.unseen + 1)
  expect(kept?.[0]?.digest).toBe('new')
  expect(kept?.at(-1)?.index).toBe(keptLimits.unseen - 1)
})

test('no more documents are kept than the bound says', () => {
  const seen = Array.from({ length: keptLimits.documents + 5 }, (_, index) => answers('one', index))
  expect(unpackAnswers(packAnswers(seen, []))).toHaveLength(keptLimits.documents)
})

const whole = { form: 'portcullis.answers/1', circumstances: ['here'], asks: [['pod/one']], files: [['digest', [0, 0, 0, 0]]] }

test.each<[string, unknown]>([
  ['of another form', { ...whole, form: 'portcullis.answers/2' }],
  ['without its circumstances', { ...whole, circumstances: undefined }],
  ['with circumstances that are no text', { ...whole, circumstances: [1] }],
  ['with asks that are no list', { ...whole, asks: ['pod/one'] }],
  ['with asks that are no texts', { ...whole, asks: [[1]] }],
  ['with files that are no list', { ...whole, files: {} }],
  ['with a file that is no list', { ...whole, files: ['digest'] }],
  ['with a digest that is no text', { ...whole, files: [[1, [0, 0, 0]]] }],
  ['with a document that is no list', { ...whole, files: [['digest', 0]] }],
  ['with a place that is no number', { ...whole, files: [['digest', ['0', 0, 0]]] }],
  ['with circumstances that it does not list', { ...whole, files: [['digest', [0, 1, 0]]] }],
  ['with asks that it does not list', { ...whole, files: [['digest', [0, 0, 1]]] }],
  ['with asks by a name', { ...whole, files: [['digest', [0, 0, 'length']]] }],
  ['with a document that is cut short', { ...whole, files: [['digest', [0, 0]]] }],
  ['that is null', null],
])('an entry %s is none', (_, value) => {
  expect(unpackAnswers(zstdCompressSync(JSON.stringify(whole)))).toHaveLength(1)
  expect(unpackAnswers(zstdCompressSync(JSON.stringify(value)))).toBeUndefined()
})

test('an entry that is larger than is kept, or nested without end, is none', () => {
  expect(unpackAnswers(zstdCompressSync(Buffer.alloc(keptLimits.bytes + 1, 0x20)))).toBeUndefined()
  expect(unpackAnswers(zstdCompressSync('['.repeat(1_000_000)))).toBeUndefined()
})
