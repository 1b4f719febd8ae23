/** Programs and shared libraries, by what they begin with and not by their names, and how random their beginning is: packed code is. */
import type { LayerEntry } from '../oci/layer.ts'
import type { Examiner, Remark } from './examiner.ts'

export const executableKind = 'executable'

export interface Executable extends Remark {
  readonly kind: typeof executableKind
  /** Shannon's, of the first 64 KiB, in bits a byte to two places. Compiled code has about 6, compressed code nearly 8. */
  readonly entropy: number
}

/** ELF: https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html */
const magic = [0x7f, 0x45, 0x4c, 0x46] as const
const headerBytes = 52
const sampleBytes = 64 * 1024
/** Every third byte tells as much as all: no instruction, number or table is three bytes wide. */
const stride = 3
/** What a loader takes without the mark of a program. */
const library = /\.(?:so(?:\.[\d.]+)?|node|ko)$/u

export const executables: Examiner<Executable> = {
  name: executableKind,
  version: 1,
  open: (entry) => {
    if (!mayBeExecutable(entry)) return undefined
    const counts = new Uint32Array(256)
    let [read, counted] = [0, 0]
    let isExecutable = true
    return {
      write(piece) {
        // Of a sparse file the first piece may be shorter than the mark.
        for (let index = 0; index < piece.length && read + index < magic.length; index++)
          isExecutable &&= piece[index] === magic[read + index]
        if (!isExecutable) return false
        const sample = piece.subarray(0, sampleBytes - read)
        for (let index = (stride - (read % stride)) % stride; index < sample.length; index += stride) {
          ;(counts[sample[index] as number] as number)++
          counted++
        }
        read += sample.length
        return read < sampleBytes ? undefined : false
      },
      end: () =>
        isExecutable && read >= magic.length ? [{ kind: executableKind, path: entry.path, entropy: entropyOf(counts, counted) }] : [],
    }
  },
}

function mayBeExecutable({ mode, path, sizeBytes }: LayerEntry): boolean {
  return sizeBytes >= headerBytes && ((mode & 0o111) !== 0 || library.test(path))
}

function entropyOf(counts: Uint32Array, total: number): number {
  let bits = 0
  for (const count of counts) if (count > 0) bits -= (count / total) * Math.log2(count / total)
  return Math.round(bits * 100) / 100
}
