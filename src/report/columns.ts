/** Columns of a terminal: wide characters take two, combining ones none, tabs reach to the next stop. */
import stringWidth from 'string-width'
import { escapeCode } from './escape.ts'

const tabStop = 4
const ascii = /^[\x20-\x7e]*$/
/** Signs of the renderers besides: what they make themselves is measured without the tables for all of Unicode. */
const oneColumnEach = /^[\x20-\x7e·–’…→−─│✔✖]*$/

export function widthOf(text: string): number {
  return oneColumnEach.test(text) ? text.length : stringWidth(text)
}

/** Words on lines of at most `width` columns; a word that is wider is broken. At least one line. */
export function wrap(text: string, width: number): string[] {
  const limit = Math.max(8, width)
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const word of text.split(' ')) {
    for (const [index, piece] of breakWord(word, limit).entries()) {
      const pieceWidth = widthOf(piece)
      if (line !== '' && (index > 0 || used + 1 + pieceWidth > limit)) {
        lines.push(line)
        line = piece
        used = pieceWidth
      } else {
        used += pieceWidth + (line === '' ? 0 : 1)
        line = line === '' ? piece : `${line} ${piece}`
      }
    }
  }
  return [...lines, line]
}

function breakWord(word: string, limit: number): string[] {
  if (widthOf(word) <= limit) return [word]
  const pieces: string[] = []
  let piece = ''
  let used = 0
  for (const cluster of clusters(word)) {
    const width = widthOf(cluster)
    if (used + width > limit && piece !== '') {
      pieces.push(piece)
      piece = ''
      used = 0
    }
    piece += cluster
    used += width
  }
  return [...pieces, piece]
}

/** Cut to `width` columns, with `…` for what is gone. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let result = ''
  let used = 0
  for (const cluster of clusters(text)) {
    used += widthOf(cluster)
    if (used > width - 1) break
    result += cluster
  }
  return `${result}…`
}

/** The last `width` columns, with `…` for what is gone before them. */
export function cutStart(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let result = ''
  let used = 0
  for (const cluster of clusters(text).reverse()) {
    used += widthOf(cluster)
    if (used > width - 1) break
    result = cluster + result
  }
  return `…${result}`
}

/** Tabs as spaces to the next stop, counted from `from` columns; the rest escaped for a terminal. */
export function expand(text: string, from: number): string {
  let result = ''
  let column = from
  for (const [index, piece] of text.split('\t').entries()) {
    if (index > 0) {
      const spaces = tabStop - (column % tabStop)
      result += ' '.repeat(spaces)
      column += spaces
    }
    const safe = escapeCode(piece)
    result += safe
    column += widthOf(safe)
  }
  return result
}

function clusters(text: string): string[] {
  if (ascii.test(text)) return [...text]
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment)
}
