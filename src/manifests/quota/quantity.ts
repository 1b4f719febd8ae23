/** Amounts of resources: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */

const factors: ReadonlyMap<string, number> = new Map([
  ['n', 1e-9],
  ['u', 1e-6],
  ['m', 1e-3],
  ['', 1],
  ['k', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['T', 1e12],
  ['P', 1e15],
  ['E', 1e18],
  ['Ki', 2 ** 10],
  ['Mi', 2 ** 20],
  ['Gi', 2 ** 30],
  ['Ti', 2 ** 40],
  ['Pi', 2 ** 50],
  ['Ei', 2 ** 60],
])

/** In cores, bytes or pieces; undefined where it cannot be read. */
export function parseQuantity(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  const [, number, exponent, unit] =
    typeof value === 'string'
      ? (/^([+-]?(?:\d{1,30}\.?\d{0,30}|\.\d{1,30}))(?:[eE]([+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i))?$/.exec(value) ?? [])
      : []
  if (number === undefined) return undefined
  return Number(number) * (exponent === undefined ? (factors.get(unit ?? '') ?? 1) : 10 ** Number(exponent))
}

/** As a person would write it: `1.5Gi`, `2500m`. */
export function quantityText(amount: number, resource: string): string {
  if (/cpu$/.test(resource)) return Number.isInteger(amount) ? String(amount) : `${Math.round(amount * 1000)}m`
  if (!/memory$|storage$/.test(resource)) return String(amount)
  for (const unit of ['Ti', 'Gi', 'Mi', 'Ki']) {
    const factor = factors.get(unit) ?? 1
    if (amount >= factor) return `${Math.round((amount / factor) * 100) / 100}${unit}`
  }
  return String(amount)
}
