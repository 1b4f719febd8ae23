/** Strings and regular expressions: https://pkg.go.dev/github.com/google/cel-go/ext#Strings (version 2), https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-regex-library */
import type { Environment } from '@marcbachmann/cel-js'
import { compilePattern } from './re2.ts'

/** Longer results are refused: `replace` and `format` could grow without end. */
const limit = 1024 * 1024

class StringsNamespace {}

export function registerStrings(environment: Environment): void {
  environment
    .registerType('StringsNamespace', StringsNamespace)
    .registerConstant('strings', 'StringsNamespace', new StringsNamespace())
    .registerFunction('StringsNamespace.quote(string): string', (_: unknown, text: string) => JSON.stringify(text))
    .registerFunction('string(google.protobuf.Duration): string', (duration: unknown) => String(duration))
    .registerFunction('string.charAt(int): string', (text: string, at: bigint) => [...text][Number(at)] ?? '')
    .registerFunction('string.replace(string, string): string', (text: string, from: string, to: string) =>
      bounded(text.replaceAll(from, () => to)),
    )
    .registerFunction('string.replace(string, string, int): string', (text: string, from: string, to: string, count: bigint) =>
      replace(text, from, to, Number(count)),
    )
    .registerFunction('string.reverse(): string', (text: string) => [...text].reverse().join(''))
    .registerFunction('string.format(list): string', (text: string, values: readonly unknown[]) => format(text, values))
    .registerFunction('string.matchesPattern(string): bool', (text: string, pattern: string) => compilePattern(pattern, '').test(text))
    .registerFunction('string.find(string): string', (text: string, pattern: string) => compilePattern(pattern, '').exec(text)?.[0] ?? '')
    .registerFunction('string.findAll(string): list<string>', (text: string, pattern: string) => findAll(text, pattern, -1))
    .registerFunction('string.findAll(string, int): list<string>', (text: string, pattern: string, count: bigint) =>
      findAll(text, pattern, Number(count)),
    )
}

function findAll(text: string, pattern: string, count: number): readonly string[] {
  const found = [...text.matchAll(compilePattern(pattern, 'g'))].map(([whole]) => whole)
  return count < 0 ? found : found.slice(0, count)
}

function replace(text: string, from: string, to: string, count: number): string {
  const parts = text.split(from)
  const split = count < 0 ? parts.length - 1 : Math.min(count, parts.length - 1)
  return bounded([parts.slice(0, split + 1).join(to), ...parts.slice(split + 1)].join(from))
}

/** https://pkg.go.dev/github.com/google/cel-go/ext#hdr-Format */
function format(text: string, values: readonly unknown[]): string {
  let index = 0
  const written = text.replace(/%(%|(?:\.(\d{1,2}))?[sdfebxXo])/g, (whole, verb: string, precision: string | undefined) => {
    if (verb === '%') return '%'
    const value = values[index]
    index += 1
    switch (whole.at(-1)) {
      case 'f':
        return Number(value).toFixed(Number(precision ?? 6))
      case 'e':
        return Number(value).toExponential(Number(precision ?? 6))
      case 'b':
        return BigInt(value as bigint).toString(2)
      case 'o':
        return BigInt(value as bigint).toString(8)
      case 'x':
        return BigInt(value as bigint).toString(16)
      case 'X':
        return BigInt(value as bigint)
          .toString(16)
          .toUpperCase()
      default:
        return textOf(value)
    }
  })
  if (index > values.length) throw new Error(`format has ${values.length} values for ${index} places`)
  return bounded(written)
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`
  if (value instanceof Map) return `{${[...value].map(([key, inner]) => `${textOf(key)}: ${textOf(inner)}`).join(', ')}}`
  return value instanceof Date ? value.toISOString().replace(/\.000Z$/, 'Z') : String(value)
}

function bounded(text: string): string {
  if (text.length > limit) throw new Error(`text of ${text.length} characters, more than ${limit}`)
  return text
}
