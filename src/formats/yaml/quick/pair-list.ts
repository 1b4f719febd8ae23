/** The pairs of a map while it is read; a key that is there already is for the whole reader to report. */
import type { YamlPair } from '../node.ts'
import { type Cursor, notForUs } from './cursor.ts'

/** How many keys are compared one by one before a table pays. */
const shortList = 16

/** Those of the maps inside come and go at the end of the cursor's list, so that each map gets an array of its own length. */
export class PairList {
  readonly #open: YamlPair[]
  readonly #start: number
  #keys: Set<string> | undefined

  constructor({ openPairs }: Cursor) {
    this.#open = openPairs
    this.#start = openPairs.length
  }

  /** When the maps inside are closed. */
  add(pair: YamlPair): void {
    if (this.#keys === undefined && this.#open.length - this.#start >= shortList)
      this.#keys = new Set(this.#open.slice(this.#start).map(({ key }) => key))
    if (this.#keys ? this.#keys.has(pair.key) : this.#isThere(pair.key)) throw notForUs
    this.#keys?.add(pair.key)
    this.#open.push(pair)
  }

  close(): readonly YamlPair[] {
    const pairs = this.#open.slice(this.#start)
    for (let left = pairs.length; left > 0; left--) this.#open.pop()
    return pairs
  }

  #isThere(key: string): boolean {
    const open = this.#open
    for (let index = this.#start; index < open.length; index++) if (open[index]?.key === key) return true
    return false
  }
}
