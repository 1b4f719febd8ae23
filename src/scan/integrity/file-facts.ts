/** What a layer keeps of the bytes of its files: whether they are programs, and digests to compare with those of package managers. */
import { createHash, type Hash, hash } from 'node:crypto'
import type { LayerEntry } from '../../oci/layer.ts'
import { type DigestAlgorithm, shortDigest } from './digest.ts'
import { elfMark, type FileKind, fileKind, scriptMark } from './file-kind.ts'

export interface FactsRun {
  write(piece: Uint8Array): void
  /** `E` for an ELF program or library, `S` for a script, and short digests. */
  end(): string[]
}

/**
 * Larger files that are no code are not digested: half of the bytes of a layer may be theirs (class caches, icons, time zones, archives for
 * linking), and a change of one is a low finding.
 */
const largestDataBytes = 256 * 1024

/** Where packages put files; `usr/local` is the administrator's. https://refspecs.linuxfoundation.org/FHS_3.0/fhs-3.0.html */
const packaged = /^(?:bin|boot|etc|lib(?:32|64|x32)?|sbin|usr(?!\/local\/))\//
/** Third parties' packages, and everything else that people unpack: only digested where the layer says which digest would do. */
const optional = /^opt\//

/**
 * Entries that are on systems of one package manager only. A layer does not know what it is laid upon, but these tell early on (a layer is sorted
 * mostly, and `etc/` comes before `usr/`).
 */
const hints: readonly (readonly [place: RegExp, algorithms: readonly DigestAlgorithm[]])[] = [
  [
    /^(?:etc\/(?:apt\/|debian_version$|dpkg\/)|(?:usr\/)?lib\/[a-z0-9_]+-linux-gnu[a-z0-9]*\/|usr\/bin\/dpkg|usr\/lib\/(?:jvm\/[^/]+-(?:amd64|arm64|ppc64el)\/|python3\/dist-packages\/)|var\/lib\/dpkg\/)/,
    ['md5'],
  ],
  // SHA-256 since version 3, for packages of its own format.
  [/^(?:etc\/(?:alpine-release$|apk\/)|(?:usr\/)?lib\/apk\/db\/)/, ['sha1', 'sha256']],
  [/^(?:etc\/(?:redhat-release$|yum\.repos\.d\/|zypp\/)|(?:usr\/lib\/sysimage|usr\/share|var\/lib)\/rpm\/)/, ['sha256']],
]

const all: readonly DigestAlgorithm[] = ['md5', 'sha1', 'sha256']

/** Of one layer, whose entries are shown in order. What cannot be told apart yet gets every digest that could be asked for. */
export class FileFacts {
  #hinted: readonly DigestAlgorithm[] = []
  #open = hints

  /** Of every entry, whatever its type. */
  see(path: string): void {
    for (const hint of this.#open)
      if (hint[0].test(path)) {
        this.#open = this.#open.filter((one) => one !== hint)
        this.#hinted = [...new Set([...this.#hinted, ...hint[1]])]
      }
  }

  open(entry: LayerEntry): FactsRun {
    return new Facts(this.#algorithms(entry.path), entry)
  }

  #algorithms(path: string): readonly DigestAlgorithm[] {
    if (packaged.test(path)) return this.#hinted.length === 0 ? all : this.#hinted
    return optional.test(path) ? this.#hinted : []
  }
}

class Facts implements FactsRun {
  readonly #entry: LayerEntry
  readonly #facts: string[] = []
  #algorithms: readonly DigestAlgorithm[]
  #hashes: Hash[] | undefined
  #isFirst = true

  constructor(algorithms: readonly DigestAlgorithm[], entry: LayerEntry) {
    this.#algorithms = algorithms
    this.#entry = entry
  }

  write(piece: Uint8Array): void {
    if (this.#isFirst) {
      this.#isFirst = false
      if (isElf(piece)) this.#facts.push(elfMark)
      else if (piece[0] === 0x23 && piece[1] === 0x21) this.#facts.push(scriptMark)
      const { path, mode, sizeBytes } = this.#entry
      if (sizeBytes > largestDataBytes && isData(fileKind(path, this.#facts[0], mode))) this.#algorithms = []
      if (piece.length === sizeBytes) {
        for (const algorithm of this.#algorithms) this.#facts.push(shortDigest(algorithm, hash(algorithm, piece, 'hex')))
        return
      }
      this.#hashes = this.#algorithms.map((algorithm) => createHash(algorithm))
    }
    for (const one of this.#hashes ?? []) one.update(piece)
  }

  end(): string[] {
    if (this.#isFirst) this.write(new Uint8Array())
    for (const [index, one] of (this.#hashes ?? []).entries())
      this.#facts.push(shortDigest(this.#algorithms[index] ?? 'md5', one.digest('hex')))
    return this.#facts
  }
}

function isData(kind: FileKind): boolean {
  return kind === 'data' || kind === 'document'
}

/** https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html */
function isElf(piece: Uint8Array): boolean {
  return piece[0] === 0x7f && piece[1] === 0x45 && piece[2] === 0x4c && piece[3] === 0x46
}
