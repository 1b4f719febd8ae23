/** One line on the terminal while layers are read: how many bytes of how many, how fast, and what is being read. */

export interface ProgressLine {
  progress(layer: { readonly digest: string; readonly size: number }, readBytes: number): void
  /** Wipes the line. */
  end(): void
}

const redrawMilliseconds = 100
const megabyte = 1_000_000

/** `write` goes to a terminal `width` columns wide; `clock` in milliseconds. Nothing is shown of work that is done within the first half second. */
export function progressLine(write: (text: string) => void, width: number, clock: () => number): ProgressLine {
  const layers = new Map<string, { readonly size: number; readBytes: number }>()
  const started = clock()
  let drawn = started + 5 * redrawMilliseconds
  let isShown = false
  return {
    progress({ digest, size }, readBytes) {
      layers.set(digest, { size, readBytes })
      const now = clock()
      if (now - drawn < redrawMilliseconds) return
      drawn = now
      isShown = true
      write(`\r${lineOf(layers, digest, (now - started) / 1000).slice(0, width - 1)}\x1b[K`)
    },
    end() {
      if (isShown) write('\r\x1b[K')
      isShown = false
    },
  }
}

function lineOf(
  layers: ReadonlyMap<string, { readonly size: number; readonly readBytes: number }>,
  digest: string,
  seconds: number,
): string {
  const all = [...layers.values()]
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0) / megabyte
  const [read, size] = [sum(all.map(({ readBytes }) => readBytes)), sum(all.map((layer) => layer.size))]
  const done = all.filter((layer) => layer.readBytes >= layer.size).length
  return `reading layers: ${read.toFixed(0)} of ${size.toFixed(0)} MB, ${(read / seconds).toFixed(0)} MB/s, ${done} of ${all.length} done, now ${digest.slice(0, 19)}`
}
