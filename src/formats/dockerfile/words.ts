/** Words of a shell-like line: parted by blanks, quotes and escapes kept as they are written. */

export interface Word {
  readonly text: string
  /** Offset in the line. */
  readonly start: number
}

export function splitWords(line: string, escapeCharacter: string): readonly Word[] {
  const words: Word[] = []
  let start = -1
  let quote = ''
  for (let at = 0; at <= line.length; at++) {
    const character = line[at] ?? ''
    const ends = character === '' || (quote === '' && /\s/.test(character))
    if (ends) {
      if (start >= 0) words.push({ text: line.slice(start, at), start })
      start = -1
      continue
    }
    if (start < 0) start = at
    if (character === escapeCharacter && quote !== "'") at++
    else if (quote !== '') quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
  }
  return words
}

/** The word without its quotes and escapes. */
export function unquote(text: string, escapeCharacter: string): string {
  let content = ''
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === escapeCharacter && quote !== "'") {
      at++
      content += text[at] ?? ''
    } else if (quote !== '' && character === quote) quote = ''
    else if (quote === '' && (character === '"' || character === "'")) quote = character
    else content += character
  }
  return content
}

export interface HereDocumentName {
  readonly name: string
  readonly stripTabs: boolean
}

/** The here-documents that a line opens (`<<EOF`, `<<-"EOF"`, `3<<EOF`), in order. */
export function hereDocumentNames(line: string, escapeCharacter: string): readonly HereDocumentName[] {
  return splitWords(line, escapeCharacter).flatMap((word) => {
    const match = /^\d*<<(-?)([^<]+)$/.exec(word.text)
    return match ? [{ name: unquote(match[2] ?? '', escapeCharacter), stripTabs: match[1] === '-' }] : []
  })
}
