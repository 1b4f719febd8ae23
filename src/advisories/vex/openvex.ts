/** OpenVEX 0.2.0, and 0.0.1 with its plain texts: https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md */
import { quote } from '../../findings.ts'
import { isObject, type JsonObject, member, textOf, textsOf } from './json.ts'
import type { VexComponent, VexDocument, VexProduct, VexStatement, VexStatus } from './statement.ts'

const statuses: readonly VexStatus[] = ['affected', 'fixed', 'not_affected', 'under_investigation']

export function isOpenVex(value: unknown): value is JsonObject {
  return (
    isObject(value) &&
    [value['@context']].flat().some((context) => typeof context === 'string' && /^https:\/\/openvex\.dev\/ns(\/|$)/.test(context))
  )
}

export function readOpenVex(document: JsonObject, name: string): VexDocument {
  const gaps: string[] = []
  if (!Array.isArray(document.statements)) return { statements: [], gaps: [`${name}: statements is no list`] }
  const statements = document.statements.flatMap((statement: unknown, index) => {
    const read = isObject(statement) ? readStatement(statement, document, name) : 'is no object'
    if (typeof read === 'string') gaps.push(`${name}: statements[${index}] ${read}`)
    return typeof read === 'string' ? [] : [read]
  })
  return { statements, gaps }
}

/** The statement, or why it cannot be used. */
function readStatement(statement: JsonObject, document: JsonObject, name: string): VexStatement | string {
  const status = statuses.find((known) => known === statement.status)
  if (status === undefined) return `has the status ${quote(String(statement.status), 40)}, expected one of ${statuses.join(', ')}`
  const vulnerability = idsOf(statement.vulnerability)
  if (vulnerability.length === 0) return 'names no vulnerability'
  const products = productsOf(statement)
  if (products.length === 0) return 'names no product'
  const justification = textOf(statement.justification)
  const detail = textOf(statement.impact_statement) ?? textOf(statement.status_notes)
  if (status === 'not_affected' && justification === undefined && textOf(statement.impact_statement) === undefined) {
    return 'says not_affected without a justification or an impact_statement'
  }
  return {
    vulnerability,
    products,
    status,
    ...member('justification', justification),
    ...member('detail', detail),
    ...member('author', statement.supplier ?? document.author),
    timestamp:
      textOf(statement.last_updated) ?? textOf(statement.timestamp) ?? textOf(document.last_updated) ?? textOf(document.timestamp) ?? '',
    document: name,
  }
}

function idsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return textsOf([value])
  return isObject(value) ? [...new Set(textsOf([value.name, ...[value.aliases].flat()]))] : []
}

/** 0.0.1 has plain identifiers for products, and the subcomponents beside them. */
function productsOf(statement: JsonObject): readonly VexProduct[] {
  const shared = componentsOf(statement.subcomponents)
  const products = Array.isArray(statement.products) ? statement.products : []
  return products.flatMap((product: unknown) =>
    componentsOf([product]).map((component) => ({
      ...component,
      components: isObject(product) && product.subcomponents !== undefined ? componentsOf(product.subcomponents) : shared,
    })),
  )
}

function componentsOf(value: unknown): readonly VexComponent[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((entry: unknown) => {
    if (typeof entry === 'string') return entry === '' ? [] : [{ identifiers: [entry], digests: [] }]
    if (!isObject(entry)) return []
    const identifiers = textsOf([entry['@id'], ...(isObject(entry.identifiers) ? Object.values(entry.identifiers) : [])])
    const hashes = isObject(entry.hashes) ? entry.hashes : {}
    const digests = textsOf([hashes['sha-256'], hashes.sha256]).map((hex) => `sha256:${hex.toLowerCase()}`)
    return identifiers.length + digests.length === 0 ? [] : [{ identifiers, digests }]
  })
}
