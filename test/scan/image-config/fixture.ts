/** Reads the fixtures: a document is an image in a few lines, and what its rule has to say of it. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAllDocuments } from 'yaml'
import type { Distribution, Package } from '../../../src/findings.ts'
import type { Image } from '../../../src/oci/image.ts'
import { parseImageConfig } from '../../../src/oci/image-config.ts'
import { parseReference } from '../../../src/oci/reference.ts'
import { defaultPolicy } from '../../../src/policy/read.ts'
import type { ContentInput } from '../../../src/scan/content-check.ts'
import type { PlacedRemark } from '../../../src/scan/examiner.ts'
import { accountsExaminer } from '../../../src/scan/image-config/accounts-examiner.ts'
import type { ImageFile } from '../../../src/scan/image-files.ts'
import { memoryFiles } from './memory-files.ts'

const folder = fileURLToPath(new URL('fixtures/', import.meta.url))

interface Case {
  readonly case: string
  /** `severity: message` of each finding, in order. */
  readonly expect?: readonly string[]
  /** By path: `4755 root`, `777 directory`, `644 uid=10 gid=10 owned size=2000000 layer=1`, `-> target`. */
  readonly files?: Readonly<Record<string, string>>
  /** By path: what an examiner reads. */
  readonly contents?: Readonly<Record<string, string>>
  /** By path: names, or `?` for an attribute of another form. */
  readonly capabilities?: Readonly<Record<string, string>>
  readonly name?: string
  readonly os?: string
  readonly config?: unknown
  readonly created?: string
  readonly annotations?: Readonly<Record<string, string>>
  readonly history?: readonly (string | { readonly created_by: string; readonly empty_layer: true })[]
  readonly distribution?: Partial<Distribution>
  readonly packages?: readonly string[]
  /** False where the layers were not read. */
  readonly read?: false
}

export interface Fixture {
  readonly rule: string
  readonly name: string
  readonly input: ContentInput
  readonly expected: readonly string[]
}

export const now = new Date('2026-06-15T12:00:00Z')

export function readFixtures(): readonly Fixture[] {
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const documents = parseAllDocuments(readFileSync(join(folder, file), 'utf8'))
      if (!Array.isArray(documents)) throw new Error(`${file} is empty`)
      return documents.map((document) => {
        if (document.errors[0]) throw document.errors[0]
        const given = document.toJS() as Case
        return { rule: `image/${basename(file, '.yaml')}`, name: given.case, input: inputOf(given), expected: given.expect ?? [] }
      })
    })
}

function inputOf(given: Case): ContentInput {
  const history = (given.history ?? []).map((entry) => (typeof entry === 'string' ? { created_by: entry } : entry))
  const count = Math.max(history.filter((entry) => !('empty_layer' in entry)).length, 1)
  const digests = Array.from({ length: count }, (_, index) => `sha256:${String(index).repeat(64)}`)
  const document = {
    architecture: 'amd64',
    os: given.os ?? 'linux',
    created: given.created,
    config: given.config ?? {},
    rootfs: { type: 'layers', diff_ids: digests },
    history,
  }
  const { config, platform } = parseImageConfig(JSON.parse(JSON.stringify(document)), 'the fixture')
  const image: Image = {
    reference: parseReference(given.name ?? 'registry.example/shop/app:1.4'),
    digest: digests[0] ?? '',
    manifestDigest: digests[0] ?? '',
    platform,
    config,
    layers: digests.map((digest) => ({ descriptor: { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest, size: 1 } })),
    annotations: new Map(Object.entries(given.annotations ?? {})),
  }
  const files = Object.entries(given.files ?? {}).map(([path, text]) => fileOf(path, String(text), digests))
  const owned = new Set(Object.entries(given.files ?? {}).flatMap(([path, text]) => (/\bowned\b/.test(String(text)) ? [path] : [])))
  const { distribution } = given
  return {
    image,
    evidence: {
      ...(distribution && { distribution: { id: '', version: '', idLike: [], ...distribution } }),
      packages: (given.packages ?? []).map((text) => packageOf(text, digests[0] ?? '')),
      gaps: [],
      ...(given.read === false ? {} : { files: memoryFiles(files, owned) }),
      remarks: [
        ...Object.entries(given.contents ?? {}).flatMap(([path, text]) => examine(path, text, digests[0] ?? '')),
        ...Object.entries(given.capabilities ?? {}).map(([path, text]) => ({
          ...{ kind: 'capabilities', path, layer: digests[0] ?? '', isRemoved: false },
          ...(text !== '?' && { permitted: text.split(' ') }),
        })),
      ],
    },
    policy: defaultPolicy(),
    now,
  }
}

function fileOf(path: string, text: string, digests: readonly string[]): ImageFile {
  const words = text.split(' ')
  const number = (key: string) => Number(words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1) ?? 0)
  const type = words.includes('directory')
    ? 'directory'
    : words.includes('hardlink')
      ? 'hardlink'
      : words.includes('device')
        ? 'character-device'
        : 'file'
  const layer = digests[number('layer')] ?? ''
  const common = { path, uid: number('uid'), gid: number('gid'), sizeBytes: number('size'), layer }
  if (words[0] === '->') return { ...common, type: 'symlink', mode: 0o777, linkPath: words[1] ?? '' }
  return { ...common, type, mode: Number.parseInt(words[0] ?? '', 8) }
}

/** `deb/openssh-server`, which the first layer installs. */
function packageOf(text: string, layer: string): Package {
  const [type = '', name = ''] = text.split('/')
  return { type, name, version: '1', purl: `pkg:${type}/${name}@1`, source: name, sourceVersion: '1', layer, path: '' }
}

function examine(path: string, text: string, layer: string): readonly PlacedRemark[] {
  const bytes = Buffer.from(text)
  const entry = { path, type: 'file' as const, mode: 0o644, uid: 0, gid: 0, sizeBytes: bytes.length, modifiedSeconds: 0 }
  const examination = accountsExaminer.open(entry)
  // In two pieces, as a layer may give them.
  examination?.write(bytes.subarray(0, 10))
  examination?.write(bytes.subarray(10))
  return (examination?.end() ?? []).map((remark) => ({ ...remark, layer, isRemoved: false }))
}
