/** The pairs of a map while it is read; a key that is there already is for the whole reader to report. */
import type { YamlPair } from '../node.ts'
import { notForUs } from './cursor.ts'

/** How many keys are compared one by one before a table pays. */
const shortList = 16

export class PairList {
  readonly pairs: YamlPair[] = []
  #keys: Set<string> | undefined

  add(pair: YamlPair): void {
    if (this.#keys === undefined && this.pairs.length >= shortList) this.#keys = new Set(this.pairs.map(({ key }) => key))
    if (this.#keys ? this.#keys.has(pair.key) : this.#isThere(pair.key)) throw notForUs
    this.#keys?.add(pair.key)
    this.pairs.push(pair)
  }

  #isThere(key: string): boolean {
    for (const pair of this.pairs) if (pair.key === key) return true
    return false
  }
}
