/** What a Java archive says that it is. https://maven.apache.org/shared/maven-archiver/#pom-properties, https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html */
import type { FoundPackage } from '../inventory/format.ts'
import { knownGroup } from './known-groups.ts'

export interface ArchiveContent {
  /** Of the archive itself, without its folder. */
  readonly fileName: string
  /** `META-INF/maven/GROUP/ARTIFACT/pom.properties` of all that was put into it. */
  readonly pomProperties: readonly string[]
  readonly manifest: string | undefined
  /** Archives lie within it: it is a program and its libraries are inside. */
  readonly hasArchives: boolean
}

/** All that Maven built into it; else the one that manifest and file name agree on, without a group where none is certain (purl type `generic`). */
export function identifyArchive(content: ArchiveContent): FoundPackage[] {
  const built = content.pomProperties.flatMap((text) => fromPom(text) ?? [])
  if (built.length > 0) return built
  const one = content.hasArchives ? undefined : fromManifest(content)
  return one ? [one] : []
}

function fromPom(text: string): FoundPackage | undefined {
  const properties = new Map<string, string>()
  for (const line of text.split(/\r?\n/)) {
    const [, key, value] = /^\s*(groupId|artifactId|version)\s*[=:]\s*(\S+)\s*$/.exec(line) ?? []
    if (key !== undefined && value !== undefined) properties.set(key, value)
  }
  const [group, artifact, version] = ['groupId', 'artifactId', 'version'].map((key) => properties.get(key))
  // A property that the build did not fill in is no version.
  if (!group || !artifact || !version || version.includes('${')) return undefined
  return maven(`${group}:${artifact}`, version)
}

function fromManifest({ fileName, manifest }: ArchiveContent): FoundPackage | undefined {
  const attributes = mainAttributes(manifest ?? '')
  const named = /^(.+?)-(\d[\w.+-]*)\.[a-z]+$/i.exec(fileName)
  const artifact = named?.[1] ?? fileName.replace(/\.[a-z]+$/i, '')
  const version = named?.[2] ?? attributes.get('Implementation-Version') ?? attributes.get('Bundle-Version')
  if (!version || artifact === '' || isRuntime(attributes)) return undefined
  // Tomcat's own folder has its archives without versions and prefixes.
  if (attributes.get('Implementation-Title') === 'Apache Tomcat')
    return maven(`org.apache.tomcat:tomcat-${artifact.replace(/^tomcat-/, '')}`, version)
  const group = knownGroup(artifact, version) ?? vendorGroup(attributes)
  return group ? maven(`${group}:${artifact}`, version) : { kind: 'package', type: 'generic', name: artifact, version }
}

/** Parts of a Java runtime have its version and no advisories of Maven's. */
function isRuntime(attributes: ReadonlyMap<string, string>): boolean {
  return (
    attributes.get('Implementation-Title') === 'Java Runtime Environment' ||
    attributes.get('Specification-Title')?.startsWith('Java Platform') === true
  )
}

/** By its definition the organisation that it comes from, which Maven's archiver fills in with the group. */
function vendorGroup(attributes: ReadonlyMap<string, string>): string | undefined {
  const vendor = attributes.get('Implementation-Vendor-Id')
  return vendor && /^[a-z][\w-]*(\.[\w-]+)+$/i.test(vendor) ? vendor : undefined
}

function maven(name: string, version: string): FoundPackage {
  return { kind: 'package', type: 'maven', name, version }
}

/** The first section; a line that begins with a space continues the one before it. */
function mainAttributes(manifest: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>()
  const section = manifest.replace(/\r\n?/g, '\n').replace(/\n /g, '').split('\n\n', 1)[0] ?? ''
  for (const line of section.split('\n')) {
    const colon = line.indexOf(': ')
    if (colon > 0) attributes.set(line.slice(0, colon), line.slice(colon + 2).trim())
  }
  return attributes
}
