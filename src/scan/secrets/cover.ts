/** Takes secrets out of texts that quote what they stand in: instructions of a history, for the most part. */

const cover = '•••'
const leastLength = 4
/** Shorter ones are covered as words alone: they would take parts out of others. */
const wordLength = 8

/** A function that covers each of the secrets, and what a cut has left of one at the end of the text. */
export function coverOf(secrets: readonly string[]): (text: string) => string {
  const known = [...new Set(secrets)].filter(({ length }) => length >= leastLength).sort((left, right) => right.length - left.length)
  if (known.length === 0) return (text) => text
  return (text) => {
    let covered = text
    for (const secret of known) covered = withoutCut(covered.replaceAll(patternOf(secret), cover), secret)
    return covered
  }
}

function patternOf(secret: string): RegExp {
  const source = RegExp.escape(secret)
  return new RegExp(secret.length < wordLength ? `(?<![\\w])${source}(?![\\w])` : source, 'gu')
}

function withoutCut(text: string, secret: string): string {
  const bare = text.replace(/…$/, '')
  for (let length = Math.min(secret.length - 1, bare.length); length >= leastLength; length--)
    if (bare.endsWith(secret.slice(0, length))) return `${bare.slice(0, -length)}${cover}`
  return text
}
