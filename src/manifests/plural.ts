/** `Ingress` is `ingresses`, `NetworkPolicy` is `networkpolicies`: what the API server makes of a kind, but for a few. */
export function pluralOf(kind: string): string {
  const lower = kind.toLowerCase()
  const known = exceptions.get(lower)
  if (known !== undefined) return known
  if (/(?:s|x|ch|sh)$/.test(lower)) return `${lower}es`
  return /[^aeiou]y$/.test(lower) ? `${lower.slice(0, -1)}ies` : `${lower}s`
}

const exceptions: ReadonlyMap<string, string> = new Map([
  ['endpoints', 'endpoints'],
  ['gateway', 'gateways'],
])
