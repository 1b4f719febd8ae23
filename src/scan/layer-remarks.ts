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
  open(entry: LayerEntry, watcher: FileWatcher | undefined): EntrySink | undefined {
    const examinations: Running[] = []
    for (const examiner of this.#examiners) {
      const examination = this.#tried(examiner, entry.path, () => examiner.open(entry))
      if (examination) examinations.push({ examiner, examination })
    }
    const watch = watcher?.open(entry)
    if (examinations.length === 0) return watch && { ...watchSink(watch), tooLarge: (message) => this.#gap({ path: entry.path, message }) }
    return this.#sink(entry.path, examinations, watch)
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

  #sink(path: string, running: Running[], watch: FileWatch | undefined): EntrySink {
    const list: Remark[] = []
    const finish = ({ examiner, examination }: Running) =>
      this.#take(
        path,
        list,
        this.#tried(examiner, path, () => examination.end()),
      )
    return {
      write: (piece) => {
        for (let index = 0; index < running.length; index++) {
          const one = running[index]
          if (!one) continue
          const wantsMore = this.#write(one, path, piece)
          if (wantsMore === true) continue
          if (wantsMore === false) finish(one)
          running.splice(index--, 1)
        }
        return watch?.write(piece)
      },
      end: () => {
        for (const one of running) finish(one)
        if (list.length > 0) this.#byPath.set(path, { path, remarks: list })
        return watch?.end()
      },
      tooLarge: (message) => this.#gap({ path, message }),
    }
  }

  /** Undefined where it failed. */
  #write({ examiner, examination }: Running, path: string, piece: Uint8Array): boolean | undefined {
    return this.#tried(examiner, path, () => examination.write(piece) !== false)
  }

  /** What an examiner throws is a gap of the file. */
  #tried<T>({ name }: Examiner, path: string, work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      this.#gap({ path, message: `${name}: ${error instanceof Error ? error.message : String(error)}` })
      return undefined
    }
  }

  #take(path: string, list: Remark[], more: readonly Remark[] | undefined): void {
    const { maxRemarks, maxRemarksOfFile, maxRemarkText } = this.#bounds
    for (const remark of more ?? []) {
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

function watchSink(watch: FileWatch): Pick<EntrySink, 'write' | 'end'> {
  return { write: (piece) => watch.write(piece), end: () => watch.end() }
}
