/** Patterns of policies: `*` stands for anything but `/`, `**` for anything; all else is literal. */

export function matchesPattern(pattern: string, text: string): boolean {
  return toExpression(pattern, '[^/]*', '.*').test(text)
}

/** Where `/` means nothing (a finding's subject): `*` stands for anything. */
export function matchesText(pattern: string, text: string): boolean {
  return toExpression(pattern, '.*', '.*').test(text)
}

/** Adjacent stars are joined first: `a*****b` would otherwise backtrack for ever. */
function toExpression(pattern: string, one: string, many: string): RegExp {
  const parts = pattern.split(/(\*+)/u)
  const source = parts.map((part, index) => (index % 2 === 0 ? escapeExpression(part) : part.length > 1 ? many : one))
  return new RegExp(`^${source.join('')}$`, 'su')
}

function escapeExpression(text: string): string {
  return text.replace(/[\\^$.|?+()[\]{}/]/gu, '\\$&')
}
