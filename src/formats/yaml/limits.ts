/** What a document may cost. */
export interface YamlLimits {
  /** Of the whole file. */
  readonly bytes: number
  readonly documents: number
  /** Of maps and lists in each other. */
  readonly depth: number
  /** Of one document, as it is written. */
  readonly nodes: number
  /** Of the whole file, in documents that the quick reader leaves to the whole one: words, blanks and signs. */
  readonly lexemes: number
  /** Of one document, each alias counted as all that it stands for. */
  readonly expandedNodes: number
}

/** An API server takes requests of 3 MiB, etcd objects of 1.5 MiB; files hold many of them. */
export const defaultLimits: YamlLimits = {
  bytes: 32 * 1024 * 1024,
  documents: 50_000,
  depth: 100,
  nodes: 1_000_000,
  lexemes: 2_000_000,
  expandedNodes: 1_000_000,
}

/** What is left of the lexemes of a file. */
export interface LexemeBudget {
  left: number
}

/** What is wrong with a document; `offset` counts from the text's start. */
export class YamlProblem extends Error {
  override readonly name = 'YamlProblem'
  readonly offset: number

  constructor(offset: number, message: string) {
    super(message)
    this.offset = offset
  }
}
