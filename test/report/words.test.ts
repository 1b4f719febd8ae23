import { expect, test } from 'vitest'
import { digits } from '../../src/report/words.ts'

test('whole numbers are written as English writes them', () => {
  const numbers = [0, 7, 42, 999, 1000, 12_345, 999_999, 1_000_000, 1_234_567_890, Number.MAX_SAFE_INTEGER]
  expect(numbers.map(digits)).toEqual(numbers.map((number) => number.toLocaleString('en-US')))
})
