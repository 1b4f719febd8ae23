/** Package URLs of found packages. https://github.com/package-url/purl-spec/blob/main/PURL-TYPES.rst */
import { PackageURL } from 'packageurl-js'
import type { Distribution } from '../findings.ts'
import type { FoundPackage } from './inventory/format.ts'
import { systemTypes } from './system-types.ts'

/** Throws PurlError where the type's rules cannot be held. */
export function purlOf(found: FoundPackage, distribution: Distribution | undefined): string {
  if (found.purl !== undefined) return found.purl
  if (systemTypes.has(found.type)) return systemPurl(found, distribution)
  const [namespace, name] = splitName(found.type, found.name)
  return new PackageURL(found.type, namespace, name, purlVersion(found), found.qualifiers, undefined).toString()
}

/** Ecosystems that write the namespace before the name, each in its own way. */
const separators: ReadonlyMap<string, string> = new Map([
  ['composer', '/'],
  ['golang', '/'],
  ['maven', ':'],
  ['npm', '/'],
])

function splitName(type: string, full: string): [namespace: string | undefined, name: string] {
  const separator = separators.get(type)
  const at = separator === undefined ? -1 : full.lastIndexOf(separator)
  return at < 0 ? [undefined, full] : [full.slice(0, at), full.slice(at + 1)]
}

/** The name as its ecosystem writes it, from a purl's parts; of the operating system's packages the name alone. */
export function fullName(type: string, namespace: string | undefined, name: string): string {
  const separator = separators.get(type)
  return namespace && separator !== undefined ? `${namespace}${separator}${name}` : name
}

/** Go writes `(devel)` where a module has no version. */
function purlVersion({ type, version }: FoundPackage): string | undefined {
  return version === '' || (type === 'golang' && version === '(devel)') ? undefined : version
}

function systemPurl(found: FoundPackage, distribution: Distribution | undefined): string {
  const { type, name, source = name, sourceVersion = found.version, architecture } = found
  const [version, epoch] = type === 'rpm' ? splitEpoch(found.version) : [found.version, undefined]
  const upstream = sourceVersion === found.version ? source : `${source}@${sourceVersion}`
  const qualifiers = {
    ...(architecture ? { arch: architecture } : {}),
    ...(distribution ? { distro: distributionName(distribution) } : {}),
    ...(epoch ? { epoch } : {}),
    ...(upstream === name ? {} : { upstream }),
    ...found.qualifiers,
  }
  return new PackageURL(type, vendor(distribution), name, version, qualifiers, undefined).toString()
}

/** Purls of `rpm` keep the epoch in a qualifier of its own. */
function splitEpoch(version: string): [version: string, epoch: string | undefined] {
  const parts = /^([0-9]+):(.*)$/s.exec(version)
  return parts ? [parts[2] ?? '', parts[1]] : [version, undefined]
}

function distributionName({ id, version, codename }: Distribution): string {
  const release = version || codename
  return release ? `${id}-${release}` : id
}

/** The namespace is the vendor, which is not always the `ID` of os-release. */
function vendor(distribution: Distribution | undefined): string | undefined {
  if (!distribution) return undefined
  const { id } = distribution
  if (id === 'rhel') return 'redhat'
  if (id.startsWith('opensuse')) return 'opensuse'
  if (id === 'sles' || id === 'sled' || id.startsWith('sle-')) return 'suse'
  return id
}
