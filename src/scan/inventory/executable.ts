/** Programs that say what they were built from: Go's build information and Rust's audit data. */
import { type GoBuildInfo, GoBuildInfoScanner } from '../../formats/go-build-info.ts'
import { RustAuditDataScanner, type RustCrate } from '../../formats/rust-audit-data.ts'
import { inBlocks, scanStream } from '../../formats/stream-window.ts'
import type { Found, PackageFormat } from './format.ts'

export const executable: PackageFormat = {
  name: 'executable',
  anyName: true,
  reads: (path, { mode, sizeBytes }) =>
    sizeBytes >= smallestBytes && ((mode & 0o111) !== 0 || /\.(?:exe|dll|dylib|so(?:\.[0-9.]+)?)$/i.test(path)),
  async *read(file) {
    const chunks = inBlocks(file.body)
    try {
      const first = await chunks.next()
      if (first.done || !isProgram(first.value)) return
      const go = new GoBuildInfoScanner()
      const rust = new RustAuditDataScanner()
      await scanStream(startingWith(first.value, chunks), [go, rust], () => go.isDone || rust.isDone)
      yield* found(() => goPackages(go.result()))
      yield* found(() => rustPackages(rust.result()))
    } finally {
      await chunks.return(undefined)
    }
  },
}

/** Below the smallest program that either linker makes. */
const smallestBytes = 32 * 1024

/** ELF, PE (`MZ`), Mach-O in its byte orders and widths. */
const magics = [/^\x7fELF/, /^MZ/, /^\xfe\xed\xfa[\xce\xcf]/, /^[\xce\xcf]\xfa\xed\xfe/, /^\xca\xfe\xba\xbe\0\0\0[\x01-\x08]/]

function isProgram(chunk: Uint8Array): boolean {
  const head = Buffer.from(chunk.buffer, chunk.byteOffset, Math.min(chunk.length, 8)).toString('latin1')
  return magics.some((magic) => magic.test(head))
}

async function* startingWith(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

function found(packages: () => Found[]): Found[] {
  try {
    return packages()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return [{ kind: 'gap', message: error.message }]
  }
}

function goPackages(info: GoBuildInfo | undefined): Found[] {
  if (!info) return []
  // `go1.22.3 X:boringcrypto`, `go1.20.12 (Red Hat 1.20.12-1)`: what follows the version is not part of it.
  const released = /^go(\d\S*)/.exec(info.toolchain)?.[1]
  return [
    { kind: 'package', type: 'golang', name: 'stdlib', version: released ?? info.toolchain },
    ...info.modules.map(({ path, version }): Found => ({ kind: 'package', type: 'golang', name: path, version })),
  ]
}

function rustPackages(crates: readonly RustCrate[] | undefined): Found[] {
  return (crates ?? []).map(({ name, version }) => ({ kind: 'package', type: 'cargo', name, version }))
}
