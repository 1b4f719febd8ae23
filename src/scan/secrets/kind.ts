/** One kind of secret: where to look, how it is recognised, and what to tell its owner. One family a file in `kinds/`, all listed in `kinds.ts`. */
import type { Severity } from '../../findings.ts'
import type { NamedFiles } from '../path-endings.ts'

export interface SecretKind extends NamedFiles {
  /** The rule is `secret/<id>`. */
  readonly id: string
  /** What it is, as in "AWS access key": the title of the finding. */
  readonly title: string
  readonly severity: Severity
  /** What somebody who has it can do; follows "who has it". */
  readonly opens: string
  /** How it is taken out of use; one sentence. */
  readonly revoke: string
  readonly references: readonly string[]
  /**
   * At least four characters each. Wherever one of them stands in a file, `expression` is tried, beginning at its first character. Short and
   * common ones cost time in every file that is read.
   */
  readonly anchors: readonly string[]
  /** The anchors are found in any case. */
  readonly anyCase?: true
  /**
   * Sticky. The secret is the group `secret`, else all of the match; what of it stands before the anchor is the group `lead`, in a look-behind.
   * With groups there is the flag `d`. Every quantifier has a bound, and what it reads ends within `reach` characters: it may be tried at every
   * fourth byte of a hostile file. Characters are bytes (Latin-1).
   */
  readonly expression: RegExp
  /** For what is longer than `reach`: once the expression matches, read on to `until` and a little further, but no more than `limit` characters. */
  readonly block?: { readonly until?: string; readonly limit: number; read(text: string): Block | undefined }
  /** Checksum or structure. False where the value cannot be one that was issued. Of a block: whether it is worth reading. */
  isGenuine?(secret: string, match: RegExpExecArray): boolean
  /** When it ends to be of use, in seconds since 1970. */
  expires?(secret: string): number | undefined
  /** The paths that it is looked for in; any where it is absent. Asked of those that have one of its `endings`. */
  reads?(path: string): boolean
  /** A checksum, a structure or an issuer's own prefix leaves no doubt of what it is, wherever it stands. */
  readonly isCertain?: true
  /** It is what somebody thought of: little of its hash is told, and none of its characters. */
  readonly isPassword?: true
  /** Looked for in files that are not text as well. */
  readonly inBinaries?: true
}

export interface Block {
  /** What is hashed: the same key in another layout has the same. */
  readonly secret: string
  /** Characters of the text that belong to it. */
  readonly length: number
}

/** Characters before an anchor that an expression may look back at. */
export const lookBehind = 96
/** Characters from an anchor on that an expression may read. */
export const reach = 512
