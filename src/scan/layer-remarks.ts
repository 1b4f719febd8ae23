/** What examiners say of the files of one layer, with bounds on all of it. */
import type { EntrySink, LayerEntry } from '../oci/layer.ts'
import type { EvidenceGap } from './evidence.ts'
import type { Examination, Examiner, FileWatch, FileWatcher, Remark } from './examiner.ts'

export interface FileRemarks {
  readonly path: string
  /** The layer itself has the path again, further on. */
  readonly isReplaced?: true
  readonly remarks: readonly Remark[]
}

export interface RemarkBounds {
  readonly maxRemarksOfFile: number
  readonly maxRemarks: number
  /** Of all remarks together, as JSON, in characters. */
  readonly maxRemarkText: number
}

export const defaultRemarkBounds: RemarkBounds = { maxRemarksOfFile: 1000, maxRemarks: 100_000, maxRemarkText: 32_000_000 }

export class LayerRemarks {
  readonly #examiners: readonly Examiner[]
  readonly #bounds: RemarkBounds
  readonly #gap: (gap: EvidenceGap) => void
  readonly #byPath = new Map<string, FileRemarks>()
  readonly #replaced: FileRemarks[] = []
  #count = 0
  #text = 0
  #isFull = false

  constructor(examiners: readonly Examiner[], bounds: RemarkBounds, gap: (gap: EvidenceGap) => void) {
    this.#examiners = examiners
    this.#bounds = bounds
    this.#gap = gap
  }

  /** Undefined where nobody wants the file. */
  open(entry: LayerEntry, watcher?: FileWatcher): EntrySink | undefined {
    const running: Running[] = []
    for (const examiner of this.#examiners) {
      try {
        const examination = examiner.open(entry)
        if (examination) running.push({ examiner, examination })
      } catch (error) {
        this.failed(examiner, entry.path, error)
      }
    }
    const watch = watcher?.open(entry)
    return running.length > 0 || watch ? new FileSink(this, entry.path, running, watch) : undefined
  }

  /** What was said of a path holds for the layer, and no more for the image. */
  replace(path: string): void {
    const earlier = this.#byPath.get(path)
    if (!earlier) return
    this.#byPath.delete(path)
    this.#replaced.push({ ...earlier, isReplaced: true })
  }

  all(): FileRemarks[] {
    return [...this.#byPath.values(), ...this.#replaced]
  }

  keep(path: string, remarks: readonly Remark[]): void {
    this.#byPath.set(path, { path, remarks })
  }

  /** What an examiner throws is a gap of the file. */
  failed({ name }: Examiner, path: string, error: unknown): void {
    this.#gap({ path, message: `${name}: ${error instanceof Error ? error.message : String(error)}` })
  }

  /** Puts more of a file's remarks into its list, as far as the bounds allow. */
  take(path: string, list: Remark[], more: readonly Remark[]): void {
    const { maxRemarks, maxRemarksOfFile, maxRemarkText } = this.#bounds
    for (const remark of more) {
      if (this.#isFull) return
      if (list.length >= maxRemarksOfFile) {
        this.#gap({ path, message: `more than ${maxRemarksOfFile} things are to be said of the file` })
        return
      }
      this.#count++
      this.#text += JSON.stringify(remark).length
      this.#isFull = this.#count > maxRemarks || this.#text > maxRemarkText
      if (this.#isFull) {
        this.#gap({ message: `more is to be said of the layer's files than ${maxRemarks} things, or ${maxRemarkText} characters` })
        return
      }
      list.push(remark)
    }
  }
}

interface Running {
  readonly examiner: Examiner
  readonly examination: Examination
}

/** One file, on its way through those who want it. */
class FileSink implements EntrySink {
  readonly #layer: LayerRemarks
  readonly #path: string
  readonly #running: Running[]
  readonly #watch: FileWatch | undefined
  readonly #list: Remark[] = []

  constructor(layer: LayerRemarks, path: string, running: Running[], watch: FileWatch | undefined) {
    this.#layer = layer
    this.#path = path
    this.#running = running
    this.#watch = watch
  }

  write(piece: Uint8Array): void | Promise<void> {
    const running = this.#running
    for (let index = 0; index < running.length; index++) {
      const one = running[index]
      if (!one || this.#write(one, piece)) continue
      running.splice(index--, 1)
    }
    return this.#watch?.write(piece)
  }

  end(): void | Promise<void> {
    for (const one of this.#running) this.#finish(one)
    if (this.#list.length > 0) this.#layer.keep(this.#path, this.#list)
    return this.#watch?.end()
  }

  /** Who reads the packages of the layer tells so. */
  tooLarge(): void {}

  /** Whether it wants more; where it does not, it is done with, or failed. */
  #write(one: Running, piece: Uint8Array): boolean {
    try {
      if (one.examination.write(piece) !== false) return true
    } catch (error) {
      this.#layer.failed(one.examiner, this.#path, error)
      return false
    }
    this.#finish(one)
    return false
  }

  #finish({ examiner, examination }: Running): void {
    let more: readonly Remark[]
    try {
      more = examination.end()
    } catch (error) {
      this.#layer.failed(examiner, this.#path, error)
      return
    }
    if (more.length > 0) this.#layer.take(this.#path, this.#list, more)
  }
}
