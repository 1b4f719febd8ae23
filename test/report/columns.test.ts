import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { widthOf } from '../../src/report/columns.ts'

const measuredByHand = ' ~aZ·–’…→−─│✔✖'

test('the signs that renderers write themselves are as wide as the tables of Unicode have them, in any company', () => {
  const texts = [...measuredByHand].flatMap((left) => [...measuredByHand].map((right) => left + right))
  expect(texts.filter((text) => widthOf(text) !== stringWidth(text))).toEqual([])
})

test('a sign that something else makes wide, or another, is measured with what makes it so', () => {
  const texts = ['✔\ufe0f', '✖\u0301', '─\u200d─', '漢字…', 'e\u0301', '👩\u200d💻 →', '\u{1f1e8}\u{1f1ed}']
  expect(texts.map(widthOf)).toEqual(texts.map((text) => stringWidth(text)))
})
