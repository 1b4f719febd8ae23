/** Quantities: https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-quantity-library */
import type { Environment } from '@marcbachmann/cel-js'
import { parseQuantity } from '../../quota/quantity.ts'

class Quantity {
  readonly amount: number
  constructor(amount: number) {
    this.amount = amount
  }
}

export function registerQuantities(environment: Environment): void {
  const integerOf = ({ amount }: Quantity) => {
    if (!Number.isSafeInteger(amount)) throw new Error(`${amount} is no integer`)
    return BigInt(amount)
  }
  environment
    .registerType('kubernetes.Quantity', Quantity)
    .registerFunction('quantity(string): kubernetes.Quantity', (text: string) => {
      const amount = parseQuantity(text)
      if (amount === undefined) throw new Error(`${JSON.stringify(text.slice(0, 60))} is no quantity`)
      return new Quantity(amount)
    })
    .registerFunction('isQuantity(string): bool', (text: string) => parseQuantity(text) !== undefined)
    .registerFunction('kubernetes.Quantity.isInteger(): bool', ({ amount }: Quantity) => Number.isSafeInteger(amount))
    .registerFunction('kubernetes.Quantity.asInteger(): int', integerOf)
    .registerFunction('kubernetes.Quantity.asApproximateFloat(): double', ({ amount }: Quantity) => amount)
    .registerFunction('kubernetes.Quantity.sign(): int', ({ amount }: Quantity) => BigInt(Math.sign(amount)))
    .registerFunction(
      'kubernetes.Quantity.add(kubernetes.Quantity): kubernetes.Quantity',
      (a: Quantity, b: Quantity) => new Quantity(a.amount + b.amount),
    )
    .registerFunction('kubernetes.Quantity.add(int): kubernetes.Quantity', (a: Quantity, b: bigint) => new Quantity(a.amount + Number(b)))
    .registerFunction(
      'kubernetes.Quantity.sub(kubernetes.Quantity): kubernetes.Quantity',
      (a: Quantity, b: Quantity) => new Quantity(a.amount - b.amount),
    )
    .registerFunction('kubernetes.Quantity.sub(int): kubernetes.Quantity', (a: Quantity, b: bigint) => new Quantity(a.amount - Number(b)))
    .registerFunction('kubernetes.Quantity.isLessThan(kubernetes.Quantity): bool', (a: Quantity, b: Quantity) => a.amount < b.amount)
    .registerFunction('kubernetes.Quantity.isGreaterThan(kubernetes.Quantity): bool', (a: Quantity, b: Quantity) => a.amount > b.amount)
    .registerFunction('kubernetes.Quantity.compareTo(kubernetes.Quantity): int', (a: Quantity, b: Quantity) =>
      BigInt(Math.sign(a.amount - b.amount)),
    )
    .registerOperator('kubernetes.Quantity == kubernetes.Quantity', (a: Quantity, b: Quantity) => a.amount === b.amount)
}
