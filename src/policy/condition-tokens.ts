/** The words of a condition. */
import { quote } from '../findings.ts'
import { ConditionError } from './condition-error.ts'

export type Token = { readonly kind: 'symbol' | 'word' | 'string' | 'number' | 'end'; readonly text: string; readonly column: number }

const tokenPattern =
  /\s*(?:(?<symbol>==|!=|<=|>=|[<>()[\],])|(?<number>-?\d+(?:\.\d+)?(?![\w.]))|(?<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<word>(?!in\[)[A-Za-z_](?:[\w.-]|\[(?:"[^"\]]*"|\d+|\*)\])*|in))/uy

export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let position = 0
  while (text.slice(position).trim() !== '') {
    tokenPattern.lastIndex = position
    const match = tokenPattern.exec(text)
    const start = position + (text.slice(position).length - text.slice(position).trimStart().length)
    if (!match?.groups)
      throw new ConditionError(start + 1, `expected a name, a value or an operator, found ${quote(text.slice(start, start + 12))}`)
    const [kind, value] = Object.entries(match.groups).find(([, group]) => group !== undefined) as [Token['kind'], string]
    tokens.push({ kind, text: kind === 'string' ? unescapeText(value) : value, column: start + 1 })
    position = tokenPattern.lastIndex
  }
  tokens.push({ kind: 'end', text: '', column: text.length + 1 })
  return tokens
}

function unescapeText(literal: string): string {
  return literal.slice(1, -1).replace(/\\(.)/gsu, '$1')
}
