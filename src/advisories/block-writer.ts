/** Texts of a local database, deflated together in blocks. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { deflateRawSync } from 'node:zlib'

/** Small, so that one text is read quickly; large enough for what its neighbours have in common. A longer text has a block of its own. */
const blockBytes = 8 * 1024

type Placed = (block: number, start: number, length: number) => void

export class BlockWriter {
  private readonly insert: StatementSync
  private texts: { readonly bytes: Buffer; readonly placed: Placed }[] = []
  private size = 0
  constructor(database: DatabaseSync) {
    this.insert = database.prepare('INSERT INTO blocks (bytes) VALUES (?)')
  }

  /** Calls back when the text's block is written. */
  add(text: string, placed: Placed): void {
    const bytes = Buffer.from(text, 'utf8')
    if (this.size + bytes.length > blockBytes) this.flush()
    this.texts.push({ bytes, placed })
    this.size += bytes.length
  }

  flush(): void {
    if (this.texts.length === 0) return
    const deflated = deflateRawSync(Buffer.concat(this.texts.map(({ bytes }) => bytes)))
    const block = Number(this.insert.run(deflated).lastInsertRowid)
    let start = 0
    for (const { bytes, placed } of this.texts) {
      placed(block, start, bytes.length)
      start += bytes.length
    }
    this.texts = []
    this.size = 0
  }
}
