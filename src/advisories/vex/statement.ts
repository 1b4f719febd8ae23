/** What somebody says about a vulnerability in a product, in whichever form it was written. https://www.cisa.gov/sites/default/files/2023-04/minimum-requirements-for-vex-508c.pdf */

export type VexStatus = 'affected' | 'fixed' | 'not_affected' | 'under_investigation'

export interface VexStatement {
  /** The main identifier and its aliases. */
  readonly vulnerability: readonly string[]
  readonly products: readonly VexProduct[]
  readonly status: VexStatus
  /** A label of its form, such as `vulnerable_code_not_in_execute_path`. */
  readonly justification?: string
  /** In the author's words. */
  readonly detail?: string
  readonly author?: string
  /** RFC 3339; empty where there is none. */
  readonly timestamp: string
  /** Where it was read, for messages. */
  readonly document: string
}

export interface VexComponent {
  /** Purls, image references, or other identifiers as they were written. */
  readonly identifiers: readonly string[]
  /** `sha256:<hex>`. */
  readonly digests: readonly string[]
  /** Only these versions of it; absent: those that the identifiers name. */
  readonly versions?: readonly string[]
}

export interface VexProduct extends VexComponent {
  /** Only these parts of the product; empty: all of it. */
  readonly components: readonly VexComponent[]
}

export interface VexDocument {
  readonly statements: readonly VexStatement[]
  /** What is in the document and cannot be used. */
  readonly gaps: readonly string[]
}
