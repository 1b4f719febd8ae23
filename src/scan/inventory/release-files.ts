/** The distribution of an image that is older than os-release: the files that each family has besides. os-release(5), "Notes" */
import type { Distribution } from '../../findings.ts'
import { readText } from '../../formats/text.ts'
import type { PackageFormat } from './format.ts'

export const releaseFiles: PackageFormat = {
  name: 'release-files',
  endings: ['-release', 'debian_version'],
  reads: (path) => readers.has(path),
  async *read(file) {
    const distribution = readers.get(file.path)?.((await readText(file.body, limitBytes)).trim())
    // What it cannot say is left open: os-release is the one that counts, and the packages of a system that none names are a gap.
    if (distribution) yield { kind: 'distribution', distribution }
  },
}

const limitBytes = 64 * 1024

/** In the order in which they are asked, where there is no os-release: derivatives keep the files of what they came from. */
const readers: ReadonlyMap<string, (text: string) => Distribution | undefined> = new Map<
  string,
  (text: string) => Distribution | undefined
>([
  ['etc/centos-release', fromRedHat],
  ['etc/redhat-release', fromRedHat],
  ['etc/system-release', fromRedHat],
  ['etc/lsb-release', fromLsb],
  ['etc/alpine-release', (text) => (/^\d+\.\d+[\w.]*$/.test(text) ? { id: 'alpine', version: text, idLike: [] } : undefined)],
  ['etc/debian_version', fromDebian],
])

export const releaseFilePaths: readonly string[] = [...readers.keys()]

const redHatNames: readonly (readonly [RegExp, string])[] = [
  [/^AlmaLinux/, 'almalinux'],
  [/^Amazon Linux/, 'amzn'],
  [/^CentOS/, 'centos'],
  [/^Fedora/, 'fedora'],
  [/^Oracle Linux/, 'ol'],
  [/^Red Hat Enterprise Linux/, 'rhel'],
  [/^Rocky Linux/, 'rocky'],
]

/** `CentOS release 6.10 (Final)` */
function fromRedHat(text: string): Distribution | undefined {
  const id = redHatNames.find(([name]) => name.test(text))?.[1]
  const version = / release (\d[\d.]*)/.exec(text)?.[1]
  return id && version ? { id, version, idLike: [], name: text } : undefined
}

function fromLsb(text: string): Distribution | undefined {
  const fields = new Map([...text.matchAll(/^DISTRIB_([A-Z]+)="?([^"\n]*)"?$/gm)].map(([, key, value]) => [key, value]))
  const [id, version, codename] = ['ID', 'RELEASE', 'CODENAME'].map((key) => fields.get(key))
  return id && version ? { id: id.toLowerCase(), version, idLike: [], ...(codename ? { codename } : {}) } : undefined
}

/** `12.5`, of which the first number is the release; `trixie/sid` before it has one. */
function fromDebian(text: string): Distribution | undefined {
  const [, major, codename] = /^(?:(\d+)\.\d+|([a-z]+)\/sid)$/.exec(text) ?? []
  if (major) return { id: 'debian', version: major, idLike: [] }
  return codename ? { id: 'debian', version: '', idLike: [], codename } : undefined
}
