import { expect, test } from 'vitest'
import { eachTextRun, leastRun } from '../../../src/scan/secrets/text-runs.ts'

function runs(bytes: Uint8Array, from = 0, to = bytes.length): string[] {
  const found: string[] = []
  eachTextRun(bytes, from, to, (start, end) => found.push(Buffer.from(bytes.subarray(start, end)).toString('latin1')))
  return found
}

const zeros = (length: number) => '\0'.repeat(length)
const text = 'abcdefghijklmnopqrstuvwxyz0123456789'

test('a text is found whatever its place and its length, from the least length on', () => {
  for (let length = leastRun; length <= text.length; length++)
    for (let place = 0; place < 40; place++) {
      const one = text.slice(0, length)
      expect(runs(Buffer.from(`${zeros(place + 20)}${one}${zeros(60)}`)), `${length} at ${place}`).toContain(one)
    }
})

test('texts beside each other are all found, and each once', () => {
  for (let gap = 1; gap < 20; gap++) {
    const all = [text, text.slice(0, leastRun), text.slice(3), text.slice(0, leastRun + 1)]
    expect(runs(Buffer.from(zeros(30) + all.join(zeros(gap)) + zeros(30))), `${gap}`).toEqual(all)
  }
})

test('a text that begins before the part that is looked at is found though little of it is there', () => {
  const bytes = Buffer.from(`${text}${zeros(40)}${text}`)
  expect(runs(bytes, 30, bytes.length)).toEqual([text.slice(30), text])
})

test('short texts are passed by', () => {
  expect(runs(Buffer.from(`${zeros(20)}${'short one'}${zeros(20)}`))).toEqual([])
})
