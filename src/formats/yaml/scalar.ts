/** What a scalar means: YAML 1.2.2 section 10.3 (core schema), and the rules of Kubernetes' own reader (sigs.k8s.io/yaml, goyaml.v2/resolve.go). */
import type { ScalarNode } from './node.ts'

export type Dialect = 'kubernetes' | 'core'
export type ScalarValue = string | number | boolean | bigint | null

const prefix = 'tag:yaml.org,2002:'
const scalarTags: readonly string[] = ['binary', 'bool', 'float', 'int', 'null', 'str', 'timestamp'].map((name) => prefix + name)
const valueTags: readonly string[] = ['bool', 'float', 'int', 'null'].map((name) => prefix + name)
const collectionTags: readonly string[] = ['map', 'seq'].map((name) => prefix + name)

/** Compose's own tags; they change how files are merged, not what a value is. https://docs.docker.com/reference/compose-file/merge/ */
const composeTags: readonly string[] = ['!reset', '!override']

export function isKnownTag(tag: string, dialect: Dialect): boolean {
  return tag === '!' || scalarTags.includes(tag) || collectionTags.includes(tag) || (dialect === 'core' && composeTags.includes(tag))
}

export function scalarValue(node: ScalarNode, dialect: Dialect): ScalarValue {
  const { content, tag } = node
  if (tag === undefined) return node.plain ? plainValue(content, dialect) : content
  if (tag === `${prefix}binary`) return Buffer.from(content, 'base64').toString('utf8')
  if (!valueTags.includes(tag)) return content
  const value = plainValue(content, dialect)
  return tag === `${prefix}float` && typeof value === 'bigint' ? Number(value) : value
}

/** As `scalarValue(…) === null`, without working out any other value. */
export function isNull(node: ScalarNode, dialect: Dialect): boolean {
  if (node.tag !== undefined) return scalarValue(node, dialect) === null
  return node.plain && node.content.length <= 4 && nullWords.includes(node.content)
}

const nullWords: readonly string[] = ['', '~', 'null', 'Null', 'NULL']

/** Whether the tag says what the content is not (`!!int abc`): Kubernetes refuses the document. */
export function contradictsTag(node: ScalarNode, dialect: Dialect): boolean {
  if (node.tag === undefined || !scalarTags.includes(node.tag)) return false
  const value = scalarValue(node, dialect)
  switch (node.tag.slice(prefix.length)) {
    case 'binary':
      return !/^[A-Za-z0-9+/]*={0,2}$/.test(node.content.replaceAll(/\s/g, ''))
    case 'bool':
      return typeof value !== 'boolean'
    case 'float':
      return typeof value !== 'number'
    case 'int':
      return typeof value !== 'bigint' && !Number.isInteger(value)
    case 'null':
      return value !== null
    default:
      return false
  }
}

/** The name that a plain key has: what it is as a value, written as text. */
export function keyText(content: string, dialect: Dialect): string {
  return String(plainValue(content, dialect))
}

function plainValue(content: string, dialect: Dialect): ScalarValue {
  const first = content.charCodeAt(0)
  // Nearly every scalar of a manifest starts with a letter that no special value starts with.
  if (first > 0x20 && !hints.has(first)) return content
  if (content === 'true') return true
  if (content === 'false') return false
  return dialect === 'kubernetes' ? kubernetesValue(content) : coreValue(content)
}

const hints: ReadonlySet<number> = new Set([...'+-.0123456789~yYnNtTfFoO'].map((character) => character.charCodeAt(0)))

const kubernetesWords: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
  ...words(true, 'y Y yes Yes YES true True TRUE on On ON'),
  ...words(false, 'n N no No NO false False FALSE off Off OFF'),
  ...words(null, ' ~ null Null NULL'),
  ...words(Number.NaN, '.nan .NaN .NAN'),
  ...words(Number.POSITIVE_INFINITY, '.inf .Inf .INF +.inf +.Inf +.INF'),
  ...words(Number.NEGATIVE_INFINITY, '-.inf -.Inf -.INF'),
])

const coreWords: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
  ...words(true, 'true True TRUE'),
  ...words(false, 'false False FALSE'),
  ...words(null, ' ~ null Null NULL'),
  ...words(Number.NaN, '.nan .NaN .NAN'),
  ...words(Number.POSITIVE_INFINITY, '.inf .Inf .INF +.inf +.Inf +.INF'),
  ...words(Number.NEGATIVE_INFINITY, '-.inf -.Inf -.INF'),
])

function words(value: ScalarValue, list: string): (readonly [string, ScalarValue])[] {
  return list.split(' ').map((word) => [word, value] as const)
}

/** More digits than any number has; working out millions of them takes long. */
const numberLimit = 400

// Go's strconv with base 0: a leading zero is octal, and digits may be parted by underscores, which goyaml.v2 drops beforehand.
const kubernetesInteger = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/
const kubernetesFloat = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/

function kubernetesValue(content: string): ScalarValue {
  const word = kubernetesWords.get(content)
  if (word !== undefined) return word
  const first = content.charCodeAt(0)
  if (first === 0x2e) return kubernetesFloat.test(content) ? finite(content, content) : content
  if (!isSignOrDigit(first) || content.length > numberLimit) return content
  const digits = content.replaceAll('_', '')
  const match = kubernetesInteger.exec(digits)
  if (match) return integer(match[1] === '-', match[2], match[3], match[4], match[5])
  return kubernetesFloat.test(digits) ? finite(digits, content) : content
}

const coreInteger = /^(?:([-+]?)([0-9]+)|0x([0-9a-fA-F]+)|0o([0-7]+))$/
const coreFloat = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/

function coreValue(content: string): ScalarValue {
  const word = coreWords.get(content)
  if (word !== undefined) return word
  if (content.length > numberLimit) return content
  const match = coreInteger.exec(content)
  if (match) return integer(match[1] === '-', match[3], undefined, match[4], match[2])
  return coreFloat.test(content) ? Number(content) : content
}

function isSignOrDigit(code: number): boolean {
  return code === 0x2b || code === 0x2d || (code >= 0x30 && code <= 0x39)
}

/** Go refuses a number that is too large for a float, so that it stays text. */
function finite(digits: string, content: string): number | string {
  const value = Number(digits)
  return Number.isFinite(value) ? value : content
}

/** Exact at any length: a number where that is safe, a bigint beyond. */
function integer(negative: boolean, hex?: string, binary?: string, octal?: string, decimal?: string): number | bigint {
  if (decimal !== undefined && decimal.length < 16) return negative ? -Number(decimal) : Number(decimal)
  const size = hex ? BigInt(`0x${hex}`) : binary ? BigInt(`0b${binary}`) : octal ? BigInt(`0o${octal}`) : BigInt(decimal ?? '0')
  const value = negative ? -size : size
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
