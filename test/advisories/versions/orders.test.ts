import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { UnreadableVersion } from '../../../src/advisories/errors.ts'
import { orderOf, orders } from '../../../src/advisories/versions/orders.ts'

const root = join(import.meta.dirname, '../../..')
const own = join(import.meta.dirname, 'fixtures')
const conformance = join(root, '../shared/conformance/versions')

interface Fact {
  readonly line: number
  readonly left: string
  readonly sign: '<' | '=' | '>'
  readonly right: string
}

function readFacts(file: string): readonly Fact[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((text, index) => ({ text, line: index + 1 }))
    .filter(({ text }) => text.trim() !== '' && !/^(#|\/\/) /.test(text))
    .map(({ text, line }) => {
      const [left, sign, right, ...more] = text.split(' ')
      if (left === undefined || right === undefined || more.length > 0 || (sign !== '<' && sign !== '=' && sign !== '>')) {
        throw new Error(`${file}:${line}: expected "A OP B", found "${text}"`)
      }
      return { line, left, sign, right }
    })
}

const signOf = (difference: number): string => (difference < 0 ? '<' : difference > 0 ? '>' : '=')

/** Always the same numbers, so that a failure can be repeated. */
function shuffled<T>(values: readonly T[], seed: number): T[] {
  const result = [...values]
  let state = seed
  for (let index = result.length - 1; index > 0; index--) {
    state = (state * 1103515245 + 12345) % 2147483648
    const other = state % (index + 1)
    const [a, b] = [result[index] as T, result[other] as T]
    result[index] = b
    result[other] = a
  }
  return result
}

test('the list names every order file, each once, in alphabetical order, with a fixture', () => {
  const helpers = new Set(['order.ts', 'orders.ts'])
  const files = readdirSync(join(root, 'src/advisories/versions')).filter((file) => !helpers.has(file))
  expect(orders.map((order) => `${order.name}.ts`)).toEqual(files.toSorted())
  expect(readdirSync(own).toSorted()).toEqual(orders.map((order) => `${order.name}.txt`))
})

test('no ecosystem has two orders', () => {
  const names = orders.flatMap((order) => order.ecosystems)
  expect(names.length).toBe(new Set(names).size)
})

test('an ecosystem keeps its order with a release behind it, and an unknown one has none', () => {
  expect(orderOf('Alpine:v3.20')?.name).toBe('alpine')
  expect(orderOf('Debian:12')?.name).toBe('debian')
  expect(orderOf('Debian12')).toBeUndefined()
  expect(orderOf('constructor')).toBeUndefined()
})

for (const order of orders) {
  const sources = [
    { name: `own ${order.name}.txt`, file: join(own, `${order.name}.txt`) },
    { name: `public ${order.name}-versions.txt`, file: join(conformance, `${order.name}-versions.txt`) },
  ]
  for (const { name, file } of sources) {
    describe.skipIf(!existsSync(file))(name, () => {
      const facts = existsSync(file) ? readFacts(file) : []

      test('every fact holds both ways round', () => {
        const mirrored = { '<': '>', '=': '=', '>': '<' }
        const wrong = facts.flatMap(({ line, left, sign, right }) => {
          const there = signOf(order.compare(left, right))
          const back = signOf(order.compare(right, left))
          return there === sign && back === mirrored[sign]
            ? []
            : [`line ${line}: ${left} ${sign} ${right}, found ${there} and back ${back}`]
        })
        expect(wrong).toEqual([])
        expect(facts.length).toBeGreaterThan(0)
      })

      test('every version equals itself', () => {
        const versions = new Set(facts.flatMap(({ left, right }) => [left, right]))
        expect([...versions].filter((version) => order.compare(version, version) !== 0)).toEqual([])
      })

      test('shuffled lists come out in one order', () => {
        // PHP's `#` equals every number, so that it has no place in a list.
        const versions = [...new Set(facts.flatMap(({ left, right }) => [left, right]))].filter((version) => !version.includes('#'))
        const sorted = shuffled(versions, 1).sort(order.compare)
        const broken: string[] = []
        for (let index = 1; index < sorted.length; index++) {
          const [before, after] = [sorted[index - 1] as string, sorted[index] as string]
          if (order.compare(before, after) > 0) broken.push(`${before} > ${after}`)
        }
        // Where all pairs agree with one sorted list, the order is transitive.
        for (let low = 0; low < sorted.length; low++) {
          for (let high = low + 1; high < sorted.length; high++) {
            if (order.compare(sorted[low] as string, sorted[high] as string) > 0) broken.push(`${sorted[low]} > ${sorted[high]}`)
          }
        }
        expect(broken.slice(0, 10)).toEqual([])
        for (const seed of [2, 3]) {
          const again = shuffled(versions, seed).sort(order.compare)
          expect(again.every((version, index) => order.compare(version, sorted[index] as string) === 0)).toBe(true)
        }
      })
    })
  }

  test(`${order.name} refuses what is no version at all`, () => {
    for (const version of ['', ' ', '1 2', '1\n', '1\u0000', '9'.repeat(1025)]) {
      expect(() => order.compare(version, '1'), JSON.stringify(version)).toThrow(UnreadableVersion)
      expect(() => order.compare('1', version), JSON.stringify(version)).toThrow(UnreadableVersion)
    }
  })
}
