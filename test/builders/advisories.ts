/** Advisories, packages and zips of records, as small as a test needs them. */
import { crc32, deflateRawSync } from 'node:zlib'
import type { AdvisoryQuery, AdvisorySource } from '../../src/advisories/source.ts'
import type { Distribution, Package } from '../../src/findings.ts'

export interface RecordParts {
  readonly id?: string
  readonly modified?: string
  readonly ecosystem?: string
  readonly name?: string
  /** `>=1.0 <2.0` and the like as events: `['introduced 0', 'fixed 2.0']`. */
  readonly events?: readonly string[]
  readonly type?: 'ECOSYSTEM' | 'GIT' | 'SEMVER'
  readonly versions?: readonly string[]
  /** Put over the record as they are. */
  readonly with?: Readonly<Record<string, unknown>>
}

/** One OSV record about one package, affected before 2.0 unless it is told otherwise. */
export function osvRecord(parts: RecordParts = {}): Record<string, unknown> {
  const { id = 'TEST-1', modified = '2024-01-01T00:00:00Z', ecosystem = 'npm', name = 'left', type = 'ECOSYSTEM' } = parts
  const events = (parts.events ?? ['introduced 0', 'fixed 2.0.0']).map((event) => {
    const [kind = '', version = ''] = event.split(' ')
    return { [kind]: version }
  })
  return {
    schema_version: '1.7.3',
    id,
    modified,
    affected: [
      {
        package: { ecosystem, name },
        ...(events.length === 0 ? {} : { ranges: [{ type, ...(type === 'GIT' ? { repo: 'https://example.org/left.git' } : {}), events }] }),
        ...(parts.versions === undefined ? {} : { versions: parts.versions }),
      },
    ],
    ...parts.with,
  }
}

export function packageOf(parts: Partial<Package> & Pick<Package, 'name' | 'version' | 'type'>): Package {
  const { name, version, type } = parts
  return {
    purl: `pkg:${type}/${name}@${version}`,
    source: name,
    sourceVersion: version,
    layer: 'sha256:test',
    path: `test/${type}`,
    ...parts,
  }
}

export function distributionOf(id: string, version: string, parts: Partial<Distribution> = {}): Distribution {
  return { id, version, idLike: [], ...parts }
}

/** A source that has these records and says nothing of them but what they say. */
export function recordSource(
  records: readonly Record<string, unknown>[],
  parts: Partial<AdvisorySource> = {},
): AdvisorySource & { readonly asked: AdvisoryQuery[][] } {
  const asked: AdvisoryQuery[][] = []
  return {
    name: 'test records',
    asked,
    async *records(queries) {
      asked.push([...queries])
      yield* records
    },
    covered: (ecosystems) => Promise.resolve(new Set(ecosystems)),
    async *byId(ids) {
      yield* records.filter((record) => typeof record.id === 'string' && ids.includes(record.id))
    },
    ...parts,
  }
}

/** A zip of these files. APPNOTE.TXT 4.3: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content)
    const stored = deflateRawSync(bytes)
    const nameBytes = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt16LE(0x21, 8)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(stored.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(nameBytes.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, nameBytes, stored])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, tail, nameBytes]))
    locals.push(local)
    offset += local.length
  }
  const directorySize = directory.reduce((sum, entry) => sum + entry.length, 0)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(directorySize, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, ...directory, Buffer.from('PK\x05\x06'), end])
}
