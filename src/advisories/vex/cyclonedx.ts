/** VEX inside CycloneDX: `vulnerabilities[].analysis`. https://cyclonedx.org/docs/1.6/json/#vulnerabilities */
import { quote } from '../../findings.ts'
import { isObject, type JsonObject, member, objectsOf, textOf, textsOf } from './json.ts'
import type { VexDocument, VexProduct, VexStatement, VexStatus } from './statement.ts'

const states: ReadonlyMap<unknown, VexStatus> = new Map<unknown, VexStatus>([
  ['exploitable', 'affected'],
  ['false_positive', 'not_affected'],
  ['in_triage', 'under_investigation'],
  ['not_affected', 'not_affected'],
  ['resolved', 'fixed'],
  ['resolved_with_pedigree', 'fixed'],
])

export function isCycloneDx(value: unknown): value is JsonObject {
  return isObject(value) && value.bomFormat === 'CycloneDX' && Array.isArray(value.vulnerabilities)
}

export function readCycloneDxVex(document: JsonObject, name: string): VexDocument {
  const gaps: string[] = []
  const references = collectReferences(document)
  const statements = objectsOf(document.vulnerabilities).flatMap((vulnerability, index) => {
    const read = readStatement(vulnerability, document, references, name)
    if (typeof read === 'string') gaps.push(`${name}: vulnerabilities[${index}] ${read}`)
    return typeof read === 'string' || read === undefined ? [] : [read]
  })
  return { statements, gaps }
}

/** Undefined for a vulnerability that is listed without an analysis. */
function readStatement(
  vulnerability: JsonObject,
  document: JsonObject,
  references: ReadonlyMap<string, JsonObject>,
  name: string,
): VexStatement | string | undefined {
  const { analysis } = vulnerability
  if (!isObject(analysis) || analysis.state === undefined) return undefined
  const status = states.get(analysis.state)
  if (status === undefined) return `has the state ${quote(String(analysis.state), 40)}, expected one of ${[...states.keys()].join(', ')}`
  const ids = textsOf([vulnerability.id, ...objectsOf(vulnerability.references).map((reference) => reference.id)])
  if (ids.length === 0) return 'names no vulnerability'
  const products = objectsOf(vulnerability.affects).map((affected) => productOf(affected, references))
  if (products.length === 0) return 'names no component that it affects'
  const justification = textOf(analysis.justification)
  const detail = textOf(analysis.detail)
  if (status === 'not_affected' && justification === undefined && detail === undefined)
    return 'says not_affected without a justification or a detail'
  const metadata = isObject(document.metadata) ? document.metadata : {}
  const [author] = objectsOf(metadata.authors)
  const supplier = isObject(metadata.supplier) ? metadata.supplier : {}
  return {
    vulnerability: [...new Set(ids)],
    products,
    status,
    ...member('justification', justification),
    ...member('detail', detail),
    ...member('author', author?.name ?? supplier.name),
    timestamp:
      textOf(analysis.lastUpdated) ?? textOf(analysis.firstIssued) ?? textOf(vulnerability.updated) ?? textOf(metadata.timestamp) ?? '',
    document: name,
  }
}

/** A reference is to a component of this document, or a BOM-Link to one of another, whose own reference is often its purl. */
function productOf(affected: JsonObject, references: ReadonlyMap<string, JsonObject>): VexProduct {
  const reference = textOf(affected.ref) ?? ''
  const component = references.get(reference)
  const linked = /^urn:cdx:[^#]+#(.+)$/.exec(reference)?.[1]
  const identifiers =
    component === undefined ? [decode(linked ?? reference)] : textsOf([component.purl, component.cpe, componentName(component)])
  const digests = objectsOf(component?.hashes).filter((hash) => hash.alg === 'SHA-256')
  const versions = Array.isArray(affected.versions) ? textsOf(objectsOf(affected.versions).map((entry) => entry.version)) : undefined
  return {
    identifiers,
    digests: textsOf(digests.map((hash) => hash.content)).map((hex) => `sha256:${hex.toLowerCase()}`),
    ...(versions === undefined ? {} : { versions }),
    components: [],
  }
}

/** Containers are often named as they are referred to. */
function componentName(component: JsonObject): string | undefined {
  return component.type === 'container' ? textOf(component.name) : undefined
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // What is not encoded is meant as it stands.
    return text
  }
}

const maxDepth = 32

function collectReferences(document: JsonObject): ReadonlyMap<string, JsonObject> {
  const references = new Map<string, JsonObject>()
  const visit = (components: readonly JsonObject[], depth: number): void => {
    for (const component of components) {
      const reference = textOf(component['bom-ref'])
      if (reference !== undefined) references.set(reference, component)
      if (depth < maxDepth) visit(objectsOf(component.components), depth + 1)
    }
  }
  const metadata = isObject(document.metadata) ? document.metadata : {}
  visit(objectsOf([metadata.component]), 0)
  visit(objectsOf(document.components), 0)
  return references
}
