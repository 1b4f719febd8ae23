import { expect, test } from 'vitest'
import { progressLine } from '../../src/cli/progress.ts'

function shown(width = 200) {
  let now = 0
  const written: string[] = []
  const line = progressLine(
    (text) => written.push(text),
    width,
    () => now,
  )
  return {
    line,
    written,
    at: (milliseconds: number) => {
      now = milliseconds
    },
  }
}
const layer = (letter: string, size = 4_000_000) => ({ digest: `sha256:${letter.repeat(64)}`, size })

test('says how many bytes came, how fast, and of which layer', () => {
  const { line, written, at } = shown()
  line.progress(layer('a'), 4_000_000)
  at(1000)
  line.progress(layer('b', 12_000_000), 2_000_000)
  expect(written).toEqual(['\rreading layers: 6 of 16 MB, 6 MB/s, 1 of 2 done, now sha256:bbbbbbbbbbbb\x1b[K'])
})

test('shows nothing of what is done at once, and wipes nothing then', () => {
  const { line, written, at } = shown()
  at(400)
  line.progress(layer('a'), 4_000_000)
  line.end()
  expect(written).toEqual([])
})

test('draws no more often than ten times a second, and wipes its line at the end', () => {
  const { line, written, at } = shown()
  for (let time = 600; time < 1600; time += 10) {
    at(time)
    line.progress(layer('a'), time)
  }
  line.end()
  expect([written.length, written.at(-1)]).toEqual([11, '\r\x1b[K'])
})

test('keeps to the width of the terminal', () => {
  const { line, written, at } = shown(20)
  at(700)
  line.progress(layer('a'), 1)
  expect(written[0]).toBe('\rreading layers: 0 o\x1b[K')
})
