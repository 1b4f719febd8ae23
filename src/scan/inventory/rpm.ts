/** Installed packages of Fedora, Red Hat, SUSE, Amazon Linux and their kin. https://rpm.org/docs/latest/manual/tags.html */
import { parseRpmHeader, type RpmHeader } from '../../formats/rpmdb/header.ts'
import { readRpmdb } from '../../formats/rpmdb/rpmdb.ts'
import { readBytes } from '../../formats/text.ts'
import { type DigestAlgorithm, shortDigestOfHex } from '../integrity/digest.ts'
import { type Found, type FoundPackage, maxPathLength, type PackageFormat } from './format.ts'

const folders = ['var/lib/rpm', 'usr/lib/sysimage/rpm', 'usr/share/rpm']
const names = ['Packages', 'Packages.db', 'rpmdb.sqlite']
const isPlace = /^(?:var\/lib|usr\/lib\/sysimage|usr\/share)\/rpm\/(?:Packages(?:\.db)?|rpmdb\.sqlite(?:-wal)?)$/

export const rpm: PackageFormat = {
  name: 'rpm',
  places: folders.flatMap((folder) => names.map((name) => `${folder}/${name}`)),
  endings: ['packages', '.db', '.sqlite', '-wal'],
  reads: (path) => isPlace.test(path),
  async *read(file) {
    if (file.path.endsWith('-wal')) {
      if (file.sizeBytes > 0)
        yield { kind: 'gap', message: 'RPM database has a write-ahead log that was not written back, and it is not read' }
      return
    }
    for (const record of readRpmdb(await readBytes(file.body, limitBytes))) {
      if ('fault' in record) yield { kind: 'gap', message: record.fault }
      else yield* readHeader(record.header)
    }
  },
}

/** A full desktop has some 200 MB; images have a tenth of it. */
const limitBytes = 256 * 1024 * 1024

const tags = {
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  license: 1014,
  architecture: 1022,
  fileStates: 1029,
  fileDigests: 1035,
  fileFlags: 1037,
  sourceRpm: 1044,
  fileVerifyFlags: 1045,
  directoryIndexes: 1116,
  baseNames: 1117,
  directoryNames: 1118,
  fileDigestAlgorithm: 5011,
  modularityLabel: 5096,
} as const

function* readHeader(bytes: Uint8Array): Generator<Found> {
  let found: Found[]
  try {
    const header = parseRpmHeader(bytes)
    found = [...readFiles(header), readPackage(header)]
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    found = [{ kind: 'gap', message: error.message }]
  }
  yield* found
}

function readPackage(header: RpmHeader): FoundPackage {
  const name = header.string(tags.name)
  const upstream = header.string(tags.version)
  const release = header.string(tags.release)
  if (!name || !upstream || !release) throw new RangeError('header without a name, a version or a release')
  const epoch = header.integers(tags.epoch)[0]
  const prefix = epoch === undefined ? '' : `${epoch}:`
  const architecture = header.string(tags.architecture)
  const license = header.string(tags.license)
  const module = header.string(tags.modularityLabel)
  const version = `${prefix}${upstream}-${release}`
  return {
    kind: 'package',
    type: 'rpm',
    name,
    version,
    ...sourceOf(header.string(tags.sourceRpm), prefix),
    // The entries of keys (`gpg-pubkey`) have none.
    ...(architecture ? { architecture } : {}),
    ...(license ? { licenses: [license] } : {}),
    ...(module ? { module, qualifiers: { rpmmod: module } } : {}),
  }
}

/** `NAME-VERSION-RELEASE.src.rpm`; a source has the epoch of what was built from it, though the file's name does not say so. */
export function sourceOf(sourceRpm: string | undefined, epoch: string): { source: string; sourceVersion: string } | undefined {
  const parts = /^(.+)-([^-]+)-([^-]+)\.(?:no)?src\.rpm$/.exec(sourceRpm ?? '')
  return parts?.[1] ? { source: parts[1], sourceVersion: `${epoch}${parts[2]}-${parts[3]}` } : undefined
}

/** `%config` and `%ghost`: https://github.com/rpm-software-management/rpm/blob/master/include/rpm/rpmfiles.h */
const changeableFlags = 1 | 64
/** `RPMVERIFY_FILEDIGEST`: absent from the flags of files that scripts of the package change. */
const verifyDigest = 1
/** `rpmfileState`: other files of the header were replaced by another package's, or never put there. */
const stateNormal = 0
/** RFC 4880 9.4; RPM's own default is MD5. */
const digestAlgorithms: ReadonlyMap<number, DigestAlgorithm> = new Map([
  [1, 'md5'],
  [2, 'sha1'],
  [8, 'sha256'],
])

function* readFiles(header: RpmHeader): Generator<Found> {
  const directories = header.strings(tags.directoryNames)
  const indexes = header.integers(tags.directoryIndexes)
  const digestOf = fileDigests(header)
  const owner = header.string(tags.name) ?? ''
  for (const [file, name] of header.strings(tags.baseNames).entries()) {
    const directory = directories[indexes[file] ?? -1]
    if (directory === undefined) throw new RangeError('file of the header has no directory')
    // Every file repeats it.
    if (directory.length > maxPathLength) throw new RangeError(`directory of the header has a name of ${directory.length} characters`)
    const digest = digestOf(file)
    yield { kind: 'owns', path: `${directory}${name}`.replace(/^\/+/, ''), ...(digest === undefined ? {} : { digest, owner }) }
  }
}

/** Of the header's files by their place in it; undefined where there is none to hold a file to. */
function fileDigests(header: RpmHeader): (file: number) => string | undefined {
  const digests = header.strings(tags.fileDigests)
  const algorithm = digestAlgorithms.get(header.integers(tags.fileDigestAlgorithm)[0] ?? 1)
  const [flags, verifyFlags] = [header.integers(tags.fileFlags), header.integers(tags.fileVerifyFlags)]
  const states = header.bytes(tags.fileStates)
  return (file) => {
    const hex = digests[file]
    if (!hex || algorithm === undefined || (states[file] ?? stateNormal) !== stateNormal) return undefined
    if (((flags[file] ?? 0) & changeableFlags) !== 0 || ((verifyFlags[file] ?? verifyDigest) & verifyDigest) === 0) return undefined
    return shortDigestOfHex(hex, algorithm)
  }
}
