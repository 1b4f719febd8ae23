/** cert-manager's Certificates: https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.Certificate */
import type { Field } from '../formats/field.ts'
import type { KubernetesObject } from '../repo/repository.ts'

export function isCertificate({ kind, apiVersion }: KubernetesObject): boolean {
  return kind === 'Certificate' && apiVersion.startsWith('cert-manager.io/')
}

/** cert-manager's default, where none is written. */
export const defaultDurationHours = 90 * 24

/** Go's notation (`2160h`, `90m`, `1h30m`) in hours; undefined where it is absent or cannot be read. */
export function hoursOf({ value }: Field): number | undefined {
  if (typeof value !== 'string' || !/^(?:\d{1,9}(?:\.\d{1,9})?(?:h|m|s|ms|us|ns))+$/.test(value)) return undefined
  const parts = value.matchAll(/(\d+(?:\.\d+)?)(ms|us|ns|h|m|s)/g)
  return [...parts].reduce((hours, [, number, unit]) => hours + Number(number) * (hoursOfUnit.get(unit ?? '') ?? 0), 0)
}

const hoursOfUnit: ReadonlyMap<string, number> = new Map([
  ['h', 1],
  ['m', 1 / 60],
  ['s', 1 / 3600],
  ['ms', 1 / 3_600_000],
  ['us', 0],
  ['ns', 0],
])

export interface Key {
  readonly algorithm: string
  /** Bits; cert-manager's default where none is written. Undefined for Ed25519. */
  readonly size: number | undefined
  readonly field: Field
}

export function keyOf({ root }: KubernetesObject): Key {
  const key = root.at('spec', 'privateKey')
  const algorithm = String(key.at('algorithm').value ?? 'RSA').toUpperCase()
  const size = key.at('size').value
  const fallback = algorithm === 'RSA' ? 2048 : algorithm === 'ECDSA' ? 256 : undefined
  return { algorithm, size: typeof size === 'number' ? size : fallback, field: key.at(typeof size === 'number' ? 'size' : 'algorithm') }
}
