/** `WWW-Authenticate`. RFC 9110 11.6.1, https://distribution.github.io/distribution/spec/auth/token/ */

export interface Challenge {
  /** In lower case. */
  readonly scheme: string
  readonly parameters: ReadonlyMap<string, string>
}

const token = String.raw`[!#$%&'*+.^_|~0-9A-Za-z\x60-]+`
const parameterPattern = new RegExp(String.raw`\s*(${token})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|(${token}))`, 'y')
const schemePattern = new RegExp(String.raw`\s*(${token})(?=\s|,|$)`, 'y')
const maxHeaderLength = 8192

/** All challenges of a header; none of one that cannot be read. */
export function parseChallenges(header: string): Challenge[] {
  if (header.length > maxHeaderLength) return []
  const challenges: { scheme: string; parameters: Map<string, string> }[] = []
  let position = 0
  while (position < header.length) {
    const separator = /[\s,]*/y
    separator.lastIndex = position
    position += separator.exec(header)?.[0].length ?? 0
    if (position >= header.length) break
    parameterPattern.lastIndex = position
    const parameter = parameterPattern.exec(header)
    const current = challenges.at(-1)
    if (parameter && current) {
      current.parameters.set((parameter[1] ?? '').toLowerCase(), parameter[2]?.replace(/\\(.)/g, '$1') ?? parameter[3] ?? '')
      position = parameterPattern.lastIndex
      continue
    }
    schemePattern.lastIndex = position
    const scheme = schemePattern.exec(header)
    if (!scheme) return []
    challenges.push({ scheme: (scheme[1] ?? '').toLowerCase(), parameters: new Map() })
    position = schemePattern.lastIndex
  }
  return challenges
}
