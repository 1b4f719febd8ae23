/** Reads any YAML with the `yaml` package and leaves our own small nodes: bounds are held, aliases resolved, keys named. */
import { Composer, type Document, isAlias, isMap, isScalar, isSeq, Lexer, type Node, type Pair, Parser, Scalar } from 'yaml'
import { quote } from '../../findings.ts'
import { type LexemeBudget, type YamlLimits, YamlProblem } from './limits.ts'
import { type AliasNode, type MapNode, type ScalarNode, type TargetNode, targetOf, type YamlNode, type YamlPair } from './node.ts'
import { contradictsTag, type Dialect, isKnownTag, scalarValue } from './scalar.ts'

export interface ComposedDocument {
  readonly root: YamlNode | undefined
  /** What makes the document doubtful, though it could be read. */
  readonly problems: readonly YamlProblem[]
}

/** Throws YamlProblem where the text is not YAML or passes a limit; documents before that place have been yielded. Offsets begin at `base`. */
export function* composeDocuments(
  text: string,
  base: number,
  dialect: Dialect,
  limits: YamlLimits,
  budget: LexemeBudget = { left: limits.lexemes },
): Generator<ComposedDocument> {
  // The failsafe schema resolves nothing: values are ours to resolve, when they are asked for. Keys are compared below, in linear time.
  const composer = new Composer({
    schema: 'failsafe',
    strict: true,
    uniqueKeys: false,
    keepSourceTokens: false,
    prettyErrors: false,
    logLevel: 'silent',
  })
  for (const token of tokens(text, base, limits, budget))
    for (const document of composer.next(token)) yield convert(document, text, base, dialect, limits)
  for (const document of composer.end()) yield convert(document, text, base, dialect, limits)
}

function* tokens(text: string, base: number, limits: YamlLimits, budget: LexemeBudget): ReturnType<Parser['next']> {
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme)
    budget.left--
    if (budget.left < 0) throw new YamlProblem(base + parser.offset, `more than ${limits.lexemes} words and signs to read`)
    // The stack also holds the document and the scalar that is being read.
    if (parser.stack.length > limits.depth + 2) throw new YamlProblem(base + parser.offset, `nesting deeper than ${limits.depth} levels`)
  }
  yield* parser.end()
}

function convert(document: Document.Parsed, text: string, base: number, dialect: Dialect, limits: YamlLimits): ComposedDocument {
  const [error] = document.errors
  if (error) throw new YamlProblem(base + error.pos[0], oneClause(error.message))
  const contents = document.contents as Node | null
  if (contents === null || (isScalar(contents) && contents.source === '' && contents.type === Scalar.PLAIN && !contents.tag)) {
    return { root: undefined, problems: [] }
  }
  const converter = new Converter(text, base, dialect, limits)
  return { root: converter.node(contents, 1), problems: converter.problems }
}

function oneClause(message: string): string {
  const clause = message.split('\n')[0] ?? ''
  return quote(clause.charAt(0).toLowerCase() + clause.slice(1), 200).slice(1, -1)
}

class Converter {
  readonly problems: YamlProblem[] = []
  readonly #text: string
  readonly #base: number
  readonly #dialect: Dialect
  readonly #limits: YamlLimits
  /** The value of an anchor is undefined while its node is being read: an alias to it would never end. */
  readonly #anchors = new Map<string, TargetNode | undefined>()
  readonly #sizes = new Map<TargetNode, { weight: number; height: number }>()
  #count = 0
  /** How many nodes the document has when each alias is written out, up to here. */
  #weight = 0
  #deepest = 0

  constructor(text: string, base: number, dialect: Dialect, limits: YamlLimits) {
    this.#text = text
    this.#base = base
    this.#dialect = dialect
    this.#limits = limits
  }

  node(source: Node | null, depth: number): YamlNode {
    const start = this.#base + (source?.range?.[0] ?? 0)
    const end = this.#base + (source?.range?.[1] ?? 0)
    if (isAlias(source)) return this.#alias(source.source, depth, start, end)
    this.#bound(start, depth)
    const anchor = source?.anchor
    if (anchor === undefined) return this.#target(source, depth, start, end)
    this.#anchors.set(anchor, undefined)
    const weight = this.#weight - 1
    const deepest = this.#deepest
    this.#deepest = depth
    const node = this.#target(source, depth, start, end)
    this.#anchors.set(anchor, node)
    this.#sizes.set(node, { weight: this.#weight - weight, height: this.#deepest - depth })
    this.#deepest = Math.max(deepest, this.#deepest)
    return node
  }

  #bound(start: number, depth: number): void {
    this.#count++
    this.#weight++
    this.#deepest = Math.max(this.#deepest, depth)
    if (this.#count > this.#limits.nodes) throw new YamlProblem(start, `more than ${this.#limits.nodes} values in one document`)
    if (depth > this.#limits.depth) throw new YamlProblem(start, `nesting deeper than ${this.#limits.depth} levels`)
  }

  #alias(name: string, depth: number, start: number, end: number): AliasNode {
    if (!this.#anchors.has(name)) throw new YamlProblem(start, `alias ${quote(name)} has no anchor before it`)
    const target = this.#anchors.get(name)
    if (target === undefined) throw new YamlProblem(start, `alias ${quote(name)} stands inside what it repeats`)
    const { weight, height } = this.#sizes.get(target) ?? { weight: 1, height: 0 }
    this.#weight += weight
    this.#deepest = Math.max(this.#deepest, depth + height)
    if (this.#deepest > this.#limits.depth) throw new YamlProblem(start, `nesting deeper than ${this.#limits.depth} levels`)
    if (this.#weight > this.#limits.expandedNodes) {
      throw new YamlProblem(start, `aliases that repeat more than ${this.#limits.expandedNodes} values`)
    }
    return { kind: 'alias', start, end, target }
  }

  #target(source: Node | null, depth: number, start: number, end: number): TargetNode {
    const tag = this.#tag(source, start)
    if (isMap(source)) return this.#map(source.items, source.flow === true, depth, start, end)
    if (isSeq(source)) {
      const items = source.items.map((item) => this.node(item as Node, depth + 1))
      return { kind: 'list', start, end: source.flow === true ? end : (items.at(-1)?.end ?? end), items }
    }
    if (!isScalar(source)) throw new YamlProblem(start, 'a value that is no scalar, list or map')
    const plain = source.type === Scalar.PLAIN || source.type === undefined
    const text = source.source ?? ''
    const isBlock = source.type === Scalar.BLOCK_LITERAL || source.type === Scalar.BLOCK_FOLDED
    const node = { kind: 'scalar' as const, start, end: isBlock ? this.#trimmed(start, end) : end, content: text, plain, tag }
    if (contradictsTag(node, this.#dialect)) throw new YamlProblem(start, `tag ${quote(tag ?? '')} on ${quote(text, 40)}`)
    return node
  }

  #tag(source: Node | null, start: number): string | undefined {
    const tag = source?.tag === undefined ? undefined : unescapeTag(source.tag)
    if (tag !== undefined && !isKnownTag(tag, this.#dialect)) this.problems.push(new YamlProblem(start, `tag ${quote(tag)} is not known`))
    return tag
  }

  #map(items: readonly Pair[], isFlow: boolean, depth: number, start: number, end: number): MapNode {
    const pairs: YamlPair[] = []
    const seen = new Set<string>()
    let hasMerge = false
    let hasDuplicate = false
    for (const item of items) {
      const pair = this.#pair(item, depth)
      pairs.push(pair)
      if (pair.isMerge) hasMerge = true
      else if (seen.has(pair.key)) {
        hasDuplicate = true
        this.problems.push(new YamlProblem(pair.keyStart, `key ${quote(pair.key)} is written twice in one map`))
      } else seen.add(pair.key)
    }
    return { kind: 'map', start, end: isFlow ? end : (pairs.at(-1)?.value.end ?? end), pairs, hasMerge, hasDuplicate }
  }

  #pair(item: Pair, depth: number): YamlPair {
    const written = this.node(item.key as Node | null, depth + 1)
    const key = targetOf(written)
    if (key.kind !== 'scalar') throw new YamlProblem(written.start, 'a list or a map is used as a key')
    const keyValue = key.plain || key.tag !== undefined ? scalarValue(key, this.#dialect) : key.content
    // https://github.com/kubernetes-sigs/yaml, convertToJSONableObject: the document is refused.
    if (keyValue === null && this.#dialect === 'kubernetes') throw new YamlProblem(written.start, 'a key that is null')
    const isMerge = keyValue === '<<' && (key.plain || key.tag === 'tag:yaml.org,2002:merge')
    const value = this.#pairValue(item.value as Node | null, depth, written.end)
    if (isMerge) this.#checkMerge(value)
    return { key: String(keyValue), keyStart: written.start, keyEnd: written.end, isMerge, value }
  }

  #pairValue(source: Node | null, depth: number, keyEnd: number): YamlNode {
    const value = source === null ? emptyAt(keyEnd) : this.node(source, depth + 1)
    const isNothing = value.kind === 'scalar' && value.plain && value.start === value.end && source?.anchor === undefined
    return isNothing ? emptyAt(keyEnd, value.tag) : value
  }

  /** A block scalar's end without the line breaks behind it. */
  #trimmed(start: number, end: number): number {
    let at = end
    while (at > start && /[ \t\r\n]/.test(this.#text[at - 1 - this.#base] ?? '')) at--
    return at
  }

  #checkMerge(value: YamlNode): void {
    const target = targetOf(value)
    const sources = target.kind === 'list' ? target.items.map(targetOf) : [target]
    if (sources.some((source) => source.kind !== 'map')) throw new YamlProblem(value.start, 'a merge key takes a map or a list of maps')
  }
}

/** What stands behind a key without a value: nothing, at the key's end. */
function emptyAt(at: number, tag?: string): ScalarNode {
  return { kind: 'scalar', start: at, end: at, content: '', plain: true, tag }
}

/** `%62` in a tag is a letter. YAML 1.2.2 section 5.6 */
function unescapeTag(tag: string): string {
  try {
    return decodeURIComponent(tag)
  } catch {
    // Then it is no tag that anyone knows.
    return tag
  }
}
