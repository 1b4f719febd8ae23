/** Packages of a CycloneDX or SPDX document in JSON, of any version that has purls. https://cyclonedx.org/docs/1.6/json/, https://spdx.github.io/spdx-spec/v2.3/ */
import { PackageURL } from 'packageurl-js'
import { type Distribution, quote } from '../../findings.ts'
import { itemsOf, membersOf, textOf } from '../../formats/json-object.ts'
import type { FoundPackage } from '../inventory/format.ts'
import { fullName } from '../purl.ts'

export interface SbomPackage extends FoundPackage {
  readonly purl: string
  /** The file and the layer, where the document names them as Portcullis does. */
  readonly path?: string
  readonly layer?: string
}

export interface ParsedSbom {
  readonly packages: readonly SbomPackage[]
  readonly distribution?: Distribution
  /** Software that the document names and no purl identifies. */
  readonly gaps: readonly string[]
}

/** Nested components, so deep and no deeper. */
const depthLimit = 32

/** Throws SyntaxError for a document of another kind. */
export function parseSbom(document: unknown): ParsedSbom {
  const root = membersOf(document)
  const items = root?.get('bomFormat') === 'CycloneDX' ? cycloneDxItems(root, 0) : spdxItems(root)
  if (!items) throw new SyntaxError('document is neither CycloneDX nor SPDX 2 in JSON')
  const packages: SbomPackage[] = []
  const gaps: string[] = []
  let distribution: Distribution | undefined
  for (const item of items) {
    if (item.kind === 'distribution') distribution = item.distribution
    else if (item.purl === undefined) gaps.push(`component ${quote(item.name)} has no purl`)
    else {
      const one = toPackage(item, item.purl)
      if (typeof one === 'string') gaps.push(one)
      else if (one) packages.push(one)
    }
  }
  distribution ??= distributionOf(packages)
  return { packages, ...(distribution ? { distribution } : {}), gaps }
}

type Item = SoftwareItem | { readonly kind: 'distribution'; readonly distribution: Distribution }

interface SoftwareItem {
  readonly kind: 'software'
  readonly name: string
  readonly purl: string | undefined
  readonly licenses: readonly string[]
  readonly path?: string
  readonly properties: ReadonlyMap<string, string>
}

function* cycloneDxItems(parent: ReadonlyMap<string, unknown>, depth: number): Generator<Item> {
  if (depth > depthLimit) throw new SyntaxError(`components are nested more than ${depthLimit} deep`)
  for (const one of itemsOf(parent.get('components'))) {
    const component = membersOf(one)
    if (!component) continue
    const [type, name = '', version = ''] = ['type', 'name', 'version'].map((key) => textOf(component.get(key)))
    const purl = textOf(component.get('purl'))
    if (type === 'operating-system') yield { kind: 'distribution', distribution: { id: name, version, idLike: [] } }
    // Files, devices and data are no packages; a program or container without a purl is what the document is about.
    else if (purl !== undefined || type === 'library' || type === 'framework') {
      const path = textOf(membersOf(itemsOf(membersOf(component.get('evidence'))?.get('occurrences'))[0])?.get('location'))
      yield {
        kind: 'software',
        name,
        purl,
        licenses: cycloneDxLicenses(component),
        ...(path ? { path } : {}),
        properties: propertiesOf(component),
      }
    }
    yield* cycloneDxItems(component, depth + 1)
  }
}

function cycloneDxLicenses(component: ReadonlyMap<string, unknown>): string[] {
  return itemsOf(component.get('licenses')).flatMap((choice) => {
    const members = membersOf(choice)
    const license = membersOf(members?.get('license'))
    return textOf(members?.get('expression')) ?? textOf(license?.get('id')) ?? textOf(license?.get('name')) ?? []
  })
}

function propertiesOf(component: ReadonlyMap<string, unknown>): ReadonlyMap<string, string> {
  return new Map(
    itemsOf(component.get('properties')).flatMap((one): [string, string][] => {
      const [name, value] = [textOf(membersOf(one)?.get('name')), textOf(membersOf(one)?.get('value'))]
      return name !== undefined && value !== undefined ? [[name, value]] : []
    }),
  )
}

function spdxItems(root: ReadonlyMap<string, unknown> | undefined): Item[] | undefined {
  if (!textOf(root?.get('spdxVersion'))?.startsWith('SPDX-2.')) return undefined
  return itemsOf(root?.get('packages')).flatMap((one): Item[] => {
    const members = membersOf(one)
    const name = textOf(members?.get('name')) ?? ''
    const purpose = textOf(members?.get('primaryPackagePurpose'))
    const purl = spdxPurl(members?.get('externalRefs'))
    if (purpose === 'OPERATING-SYSTEM')
      return [{ kind: 'distribution', distribution: { id: name, version: textOf(members?.get('versionInfo')) ?? '', idLike: [] } }]
    if (purl === undefined && purpose !== undefined && purpose !== 'LIBRARY' && purpose !== 'FRAMEWORK') return []
    const license = textOf(members?.get('licenseDeclared'))
    const licenses = license === undefined || license === 'NOASSERTION' || license === 'NONE' ? [] : [license]
    return [{ kind: 'software', name, purl, licenses, properties: new Map() }]
  })
}

function spdxPurl(references: unknown): string | undefined {
  const reference = itemsOf(references).find((one) => membersOf(one)?.get('referenceType') === 'purl')
  return textOf(membersOf(reference)?.get('referenceLocator'))
}

/** A clause for a purl that cannot be read; undefined for what is no package of an ecosystem. */
function toPackage(item: SoftwareItem, purl: string): SbomPackage | string | undefined {
  let parsed: PackageURL
  try {
    parsed = PackageURL.fromString(purl)
  } catch (error) {
    return `purl ${quote(purl)} of component ${quote(item.name)} cannot be read: ${error instanceof Error ? error.message : String(error)}`
  }
  // The image itself, in documents that list it.
  if (parsed.type === 'oci' || parsed.type === 'docker') return undefined
  if (!parsed.version) return `component ${quote(item.name)} has no version`
  const qualifiers = new Map(Object.entries(parsed.qualifiers ?? {}))
  const [epoch, upstream, arch, module] = ['epoch', 'upstream', 'arch', 'rpmmod'].map((key) => qualifiers.get(key))
  const [, source, sourceVersion] = /^([^@]+)(?:@(.+))?$/.exec(upstream ?? '') ?? []
  const name = fullName(parsed.type, parsed.namespace ?? undefined, parsed.name)
  return {
    kind: 'package',
    type: parsed.type,
    name,
    version: parsed.type === 'rpm' && epoch !== undefined ? `${epoch}:${parsed.version}` : parsed.version,
    purl: parsed.toString(),
    source: item.properties.get('portcullis:source') ?? source ?? name,
    ...optional('sourceVersion', item.properties.get('portcullis:sourceVersion') ?? sourceVersion),
    ...optional('architecture', arch),
    ...optional('module', module ?? item.properties.get('portcullis:module')),
    ...optional('layer', item.properties.get('portcullis:layer')),
    ...optional('path', item.path),
    ...(item.licenses.length > 0 ? { licenses: item.licenses } : {}),
  }
}

function optional<Key extends string>(key: Key, value: string | undefined): { [K in Key]?: string } {
  return value === undefined || value === '' ? {} : ({ [key]: value } as { [K in Key]?: string })
}

/** From the qualifier `distro` (`alpine-3.20.3`), where all packages that have it agree. */
function distributionOf(packages: readonly SbomPackage[]): Distribution | undefined {
  const named = new Set(packages.flatMap(({ purl }) => PackageURL.fromString(purl).qualifiers?.distro ?? []))
  const [only] = named
  const parts = named.size === 1 ? /^(.+?)-(\d[^-]*)$/.exec(only ?? '') : null
  return parts?.[1] ? { id: parts[1], version: parts[2] ?? '', idLike: [] } : undefined
}
