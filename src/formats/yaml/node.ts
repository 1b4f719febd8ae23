/** A YAML document as the readers leave it: small nodes with offsets into the text, nothing resolved yet. YAML 1.2.2 chapter 3 */

/** Offsets count UTF-16 code units from 0; `end` is exclusive. */
export interface ScalarNode {
  readonly kind: 'scalar'
  readonly start: number
  readonly end: number
  /** The content, escapes and folding undone. */
  readonly content: string
  /** Written without quotes and not as a block: the dialect decides what it is. */
  readonly plain: boolean
  readonly tag: string | undefined
}

export interface ListNode {
  readonly kind: 'list'
  readonly start: number
  readonly end: number
  readonly items: readonly YamlNode[]
}

export interface MapNode {
  readonly kind: 'map'
  readonly start: number
  readonly end: number
  /** As written: duplicates and merge keys are still there. */
  readonly pairs: readonly YamlPair[]
  readonly hasMerge: boolean
  readonly hasDuplicate: boolean
}

export interface YamlPair {
  readonly key: string
  readonly keyStart: number
  readonly keyEnd: number
  /** The plain key `<<`: https://yaml.org/type/merge.html */
  readonly isMerge: boolean
  readonly value: YamlNode
}

export interface AliasNode {
  readonly kind: 'alias'
  readonly start: number
  readonly end: number
  readonly target: Exclude<YamlNode, AliasNode>
}

export type YamlNode = ScalarNode | ListNode | MapNode | AliasNode
export type TargetNode = AliasNode['target']

export function targetOf(node: YamlNode): TargetNode {
  return node.kind === 'alias' ? node.target : node
}
