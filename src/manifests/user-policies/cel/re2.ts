/** Patterns in RE2's syntax as regular expressions of JavaScript. https://github.com/google/re2/wiki/Syntax */

/** Whoever uses it bounds the time. Throws for what RE2 refuses too, and for the flag `U` and negated ASCII classes, which are not known here. */
export function compilePattern(pattern: string, flags: string): RegExp {
  return new RegExp(new Translation(pattern).result(), `${flags}u`)
}

/** A class of ASCII characters by its name, for the inside of brackets. */
const asciiClasses: ReadonlyMap<string, string> = new Map([
  ['alnum', '0-9A-Za-z'],
  ['alpha', 'A-Za-z'],
  ['ascii', '\\x00-\\x7F'],
  ['blank', '\\t '],
  ['cntrl', '\\x00-\\x1F\\x7F'],
  ['digit', '0-9'],
  ['graph', '!-~'],
  ['lower', 'a-z'],
  ['print', ' -~'],
  ['punct', '!-\\/:-@\\[-`\\{-~'],
  ['space', '\\t\\n\\v\\f\\r '],
  ['upper', 'A-Z'],
  ['word', '0-9A-Za-z_'],
  ['xdigit', '0-9A-Fa-f'],
])

/** One pass from left to right; the steps are in the order of what they look for. */
class Translation {
  readonly #text: string
  #at = 0
  /** For each open group, how many of JavaScript's end with it. */
  readonly #open: number[] = [0]
  /** Line ends but `\n` are characters like others to RE2. */
  readonly #any: string

  constructor(text: string) {
    this.#text = text
    this.#any = /\(\?\w*s/.test(text) ? '.' : '[^\\n]'
  }

  result(): string {
    let out = ''
    while (this.#at < this.#text.length) out += this.#step()
    return out + ')'.repeat(this.#open[0] ?? 0)
  }

  #step(): string {
    const character = this.#text[this.#at] ?? ''
    if (character === '\\') return this.#escape(false)
    if (character === '[') return this.#brackets()
    if (character === '(') return this.#group()
    this.#at += 1
    if (character === ')') return ')'.repeat(1 + ((this.#open.length > 1 ? this.#open.pop() : 0) ?? 0))
    if (character === '.') return this.#any
    if (character === '{' && !/^\d+(?:,\d*)?\}/.test(this.#text.slice(this.#at))) return '\\{'
    if (character === '}' && !/\{\d+(?:,\d*)?$/.test(this.#text.slice(0, this.#at - 1))) return '\\}'
    return character === ']' ? '\\]' : character
  }

  #take(pattern: RegExp): readonly string[] | undefined {
    const found = new RegExp(pattern.source, 'y')
    found.lastIndex = this.#at
    const match = found.exec(this.#text)
    if (match) this.#at += match[0].length
    return match ?? undefined
  }

  #group(): string {
    const [, flags, end] = this.#take(/\(\?([imsU]*(?:-[imsU]+)?)([:)])/) ?? []
    if (flags?.includes('U')) throw new Error('the flag "U" of a pattern is not known')
    // Flags hold up to the end of the group that they stand in.
    if (end === ')') {
      this.#open[this.#open.length - 1] = (this.#open.at(-1) ?? 0) + 1
      return `(?${flags}:`
    }
    this.#open.push(0)
    if (end === ':') return `(?${flags}:`
    const [, name] = this.#take(/\(\?P?<(\w+)>/) ?? []
    if (name !== undefined) return `(?<${name}>`
    if (this.#text.startsWith('(?', this.#at))
      throw new Error(`${JSON.stringify(this.#text.slice(this.#at, this.#at + 4))} is no group of RE2`)
    this.#at += 1
    return '('
  }

  #brackets(): string {
    let out = this.#take(/\[\^?\]?/)?.[0]?.replace(/\]$/, '\\]') ?? ''
    while (this.#at < this.#text.length && this.#text[this.#at] !== ']') {
      const [, isNot, name = ''] = this.#take(/\[:(\^?)(\w+):\]/) ?? []
      const known = asciiClasses.get(name)
      if (name !== '' && (known === undefined || isNot !== ''))
        throw new Error(`the class ${JSON.stringify(name)} of a pattern is not known`)
      if (known !== undefined) out += known
      else if (this.#text[this.#at] === '\\') out += this.#escape(true)
      else out += this.#take(/[\s\S]/u)?.[0]?.replace('[', '\\[') ?? ''
    }
    if (this.#at >= this.#text.length) throw new Error('what begins with a bracket is no class: it has no end')
    this.#at += 1
    return `${out}]`
  }

  #escape(isInBrackets: boolean): string {
    const [, quoted] = this.#take(/\\Q([\s\S]*?)(?:\\E|$)/) ?? []
    if (quoted !== undefined) return quoted.replace(/[\\^$.*+?()[\]{}|/-]/g, (one) => (one === '-' ? '\\x2D' : `\\${one}`))
    const [, not, , short, caret, long = ''] = this.#take(/\\(([pP]))(?:(\w)|\{(\^?)(\w+)\})/) ?? []
    if (not !== undefined) {
      const isNegated = (not === 'P') !== (caret === '^')
      const name = short ?? (long.length > 2 ? `Script=${long}` : long)
      return `\\${isNegated ? 'P' : 'p'}{${name}}`
    }
    const [, braced, plain, octal] = this.#take(/\\(?:x\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|(0[0-7]{0,2}|[1-7][0-7]{2}))/) ?? []
    const code = braced ?? plain ?? (octal === undefined ? undefined : Number.parseInt(octal, 8).toString(16))
    if (code !== undefined) return `\\u{${code}}`
    const [, letter = ''] = this.#take(/\\([\s\S]?)/) ?? []
    return this.#letter(letter, isInBrackets)
  }

  #letter(letter: string, isInBrackets: boolean): string {
    if (letter === 'a') return '\\x07'
    if (letter === 's') return isInBrackets ? '\\t\\n\\f\\r ' : '[\\t\\n\\f\\r ]'
    if (letter === 'S' && !isInBrackets) return '[^\\t\\n\\f\\r ]'
    if (letter === 'A' && !isInBrackets) return '(?<![\\s\\S])'
    if (letter === 'z' && !isInBrackets) return '(?![\\s\\S])'
    if (/^[dDwWfnrtv]$/.test(letter) || (letter === 'S' && isInBrackets) || (/^[bB]$/.test(letter) && !isInBrackets)) return `\\${letter}`
    if (letter === '' || /\w/.test(letter)) throw new Error(`${JSON.stringify(`\\${letter}`)} is no escape of RE2`)
    // Unicode mode takes escapes of its own syntax alone.
    return /[\^$\\.*+?()[\]{}|/]/.test(letter) || (letter === '-' && isInBrackets) ? `\\${letter}` : letter
  }
}
