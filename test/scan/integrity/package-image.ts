/** Images of files and of what package managers noted down of them, laid upon each other. */
import { createHash } from 'node:crypto'
import type { ImageEvidence } from '../../../src/scan/evidence.ts'
import { readLayerEvidence } from '../../../src/scan/layer-evidence.ts'
import { mergeEvidence } from '../../../src/scan/merge-evidence.ts'
import { type RpmPackage, rpmdbSqlite, rpmHeader } from '../../builders/rpmdb.ts'
import { buildTar, type TarFiles } from '../../builders/tar.ts'

export const elf = (content = '') => ({ content: `\x7fELF${content}`, mode: 0o755 })

/** Layers are named `layer 0`, `layer 1`, … */
export async function evidenceOf(...layers: readonly TarFiles[]): Promise<ImageEvidence> {
  const read = async (files: TarFiles, index: number) => {
    const bytes = buildTar(files)
    const open = async function* () {
      yield bytes
    }
    const signal = new AbortController().signal
    const mediaType = 'application/vnd.oci.image.layer.v1.tar'
    return { digest: `layer ${index}`, evidence: await readLayerEvidence({ open, mediaType, signal, examiners: [] }) }
  }
  return mergeEvidence(await Promise.all(layers.map(read)))
}

/** A line for each file, `path owner layer kind`. */
export async function changes(...layers: readonly TarFiles[]): Promise<string[]> {
  const { files } = await evidenceOf(...layers)
  return files?.integrity?.().changed.map(({ path, owner, layer, kind }) => `${path} ${owner} ${layer} ${kind}`) ?? []
}

export const digest = (algorithm: string, content: string, encoding: 'hex' | 'base64' = 'hex') =>
  createHash(algorithm).update(content).digest(encoding)

/** `info/NAME.md5sums` with what each path was installed as. */
export function md5sums(name: string, files: Readonly<Record<string, string>>): TarFiles {
  const lines = Object.entries(files).map(([path, content]) => `${digest('md5', content)}  ${path}\n`)
  return { [`var/lib/dpkg/info/${name}.md5sums`]: lines.join('') }
}

/** `lib/apk/db/installed` of one package. */
export function apkInstalled(name: string, files: Readonly<Record<string, string>>, more = ''): TarFiles {
  const lines = Object.entries(files).map(([path, checksum]) => {
    const slash = path.lastIndexOf('/')
    return `F:${path.slice(0, Math.max(slash, 0))}\nR:${path.slice(slash + 1)}\na:0:0:755\nZ:${checksum}\n`
  })
  return { 'lib/apk/db/installed': `P:${name}\nV:1-r0\nA:x86_64\n${more}${lines.join('')}\n` }
}

export const rpmDatabase = (...packages: readonly RpmPackage[]): TarFiles => ({
  'var/lib/rpm/rpmdb.sqlite': rpmdbSqlite(packages.map(rpmHeader)),
})
