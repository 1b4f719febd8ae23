import { expect, test } from 'vitest'
import { isInText, leastText } from '../../src/scan/text-runs.ts'

const zeros = (length: number) => '\0'.repeat(length)
const text = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Nothing is asked of zeros. */
function placesInText(content: string, from = 0, to = content.length): string {
  const bytes = Buffer.from(content, 'latin1')
  const isTold = (at: number) => at >= from && at < to && bytes[at] !== 0 && isInText(bytes, at, from, to)
  return [...bytes.keys()].map((at) => (isTold(at) ? '^' : ' ')).join('')
}

test('a text is one from the least length on, at each of its bytes', () => {
  for (let length = 1; length <= text.length; length++)
    expect(placesInText(zeros(3) + text.slice(0, length) + zeros(3)), `${length}`).toBe(
      `   ${(length < leastText ? ' ' : '^').repeat(length)}   `,
    )
})

test('a text ends where the part that is looked at does, and may have begun before it', () => {
  expect(placesInText(`${text}\0${text}`, 30, 37 + leastText)).toBe(`${' '.repeat(30)}^^^^^^ ${'^'.repeat(leastText)}`.padEnd(73))
  expect(placesInText(`${text}\0${text}`, 30, 36 + leastText).trim()).toBe('^^^^^^')
})

test('tabs and ends of lines are of a text, and nothing else that cannot be printed', () => {
  const inside = (byte: string) => placesInText(`\0${text.slice(0, 10)}${byte}${text.slice(0, 10)}\0`).trim() !== ''
  expect([...Array(256).keys()].filter((byte) => inside(String.fromCharCode(byte)) !== (byte >= 0x20 && byte < 0x7f))).toEqual([9, 10, 13])
})
