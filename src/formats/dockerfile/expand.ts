/** Arguments in a word: `$NAME`, `${NAME}`, `${NAME:-word}`, `${NAME:+word}`. https://docs.docker.com/reference/dockerfile/#environment-replacement */

/** A reference has at most 4,096 characters or so; arguments that double each other would grow without end. */
const limit = 4096

/** What stands in the way: the name of an argument without a value, or a form that is not replaced here. */
export class UnknownArgument extends Error {
  override readonly name = 'UnknownArgument'
}

/** The word with its quotes and escapes taken away and its arguments replaced. Throws UnknownArgument. */
export function expandWord(word: string, values: ReadonlyMap<string, string>, escapeCharacter: string): string {
  if (word.length > limit) throw new UnknownArgument(`more than ${limit} characters`)
  const result = new Expander(word, values, escapeCharacter).run('')
  if (result.length > limit) throw new UnknownArgument(`arguments that grow beyond ${limit} characters`)
  return result
}

class Expander {
  readonly #word: string
  readonly #values: ReadonlyMap<string, string>
  readonly #escape: string
  #at = 0

  constructor(word: string, values: ReadonlyMap<string, string>, escapeCharacter: string) {
    this.#word = word
    this.#values = values
    this.#escape = escapeCharacter
  }

  /** Up to `end`, which is not part of the result. */
  run(end: string): string {
    let result = ''
    let quote = ''
    while (this.#at < this.#word.length) {
      const character = this.#word[this.#at] ?? ''
      if (character === end && quote === '') return result
      this.#at++
      if (character === this.#escape && quote !== "'") {
        result += this.#word[this.#at] ?? ''
        this.#at++
      } else if (quote !== '' && character === quote) quote = ''
      else if (quote === '' && (character === '"' || character === "'")) quote = character
      else if (character === '$' && quote !== "'") result += this.#argument()
      else result += character
      if (result.length > limit) return result
    }
    return result
  }

  #argument(): string {
    if (this.#word[this.#at] !== '{') {
      const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(this.#word.slice(this.#at))?.[0]
      if (name === undefined) return '$'
      this.#at += name.length
      return this.#valueOf(name)
    }
    const match = /^\{([A-Za-z_][A-Za-z0-9_]*)(:?[-+?])?/.exec(this.#word.slice(this.#at))
    if (!match) throw new UnknownArgument('an argument in a form that is not known')
    this.#at += match[0].length
    const [, name = '', operator] = match
    const other = this.#lazily(operator !== undefined, name, operator ?? '')
    if (this.#word[this.#at] !== '}') throw new UnknownArgument(`argument ${name} in a form that is not known`)
    this.#at++
    return other()
  }

  /** Reads the word behind the operator in any case; only the one that is needed may be unknown. */
  #lazily(hasWord: boolean, name: string, operator: string): () => string {
    let word = ''
    let failure: unknown
    if (hasWord) {
      const from = this.#at
      this.#at = closingBrace(this.#word, from)
      const inner = new Expander(this.#word.slice(from, this.#at), this.#values, this.#escape)
      try {
        word = inner.run('')
      } catch (error) {
        failure = error
      }
    }
    const value = this.#values.get(name)
    const isSet = value !== undefined && (value !== '' || !operator.startsWith(':'))
    const alternative = () => {
      if (failure !== undefined) throw failure
      return word
    }
    if (operator.endsWith('+')) return isSet ? alternative : () => ''
    if (operator.endsWith('-')) return isSet ? () => value : alternative
    return () => this.#valueOf(name)
  }

  #valueOf(name: string): string {
    const value = this.#values.get(name)
    if (value === undefined) throw new UnknownArgument(`argument ${name} has no value`)
    return value
  }
}

/** The brace that closes the one before `from`, or the end. */
function closingBrace(word: string, from: number): number {
  let depth = 0
  for (let at = from; at < word.length; at++) {
    if (word[at] === '{') depth++
    else if (word[at] === '}' && depth-- === 0) return at
  }
  return word.length
}
