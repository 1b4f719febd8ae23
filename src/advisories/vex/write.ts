/** A report as OpenVEX 0.2.0: https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md */
import { createHash } from 'node:crypto'
import { PackageURL } from 'packageurl-js'
import type { Finding, ImageSubject, Report } from '../../findings.ts'

export interface VexSettings {
  /** An individual or an organization: the one that answers for the report. */
  readonly author: string
  /** When it was made. */
  readonly timestamp: Date
}

/** Plain data, to be printed as JSON. Same report and settings, same document. */
export function writeOpenVex(report: Report, { author, timestamp }: VexSettings): unknown {
  const images = new Map(report.subjects.map((image) => [image.reference, image]))
  const statements = report.findings.flatMap((finding) => {
    const image =
      images.get(finding.subject) ?? report.subjects.find(({ reference, digest }) => finding.subject === `${reference}@${digest}`)
    return finding.check !== 'vulnerability' || image === undefined ? [] : [statementOf(finding, image)]
  })
  const content = {
    author,
    role: 'scanner',
    timestamp: timestamp.toISOString(),
    version: 1,
    tooling: 'portcullis',
    statements,
  }
  const id = createHash('sha256').update(JSON.stringify(content)).digest('hex')
  return { '@context': 'https://openvex.dev/ns/v0.2.0', '@id': `https://portcullis.dev/vex/${id}`, ...content }
}

function statementOf(finding: Finding, image: ImageSubject): unknown {
  const { rule, aliases = [], package: item, vex } = finding
  return {
    vulnerability: { name: rule, ...(aliases.length === 0 ? {} : { aliases }) },
    products: [
      { ...productOf(image), ...(item === undefined ? {} : { subcomponents: [{ '@id': item.purl, identifiers: { purl: item.purl } }] }) },
    ],
    ...(vex === undefined ? { status: 'affected', status_notes: finding.message, action_statement: actionOf(finding) } : answered(vex)),
  }
}

function answered({ status, justification, detail }: NonNullable<Finding['vex']>): Readonly<Record<string, string>> {
  const known = justification !== undefined && openVexJustifications.has(justification)
  // Labels of other forms are words, and not_affected needs one or the other.
  const words = [detail, known ? undefined : justification].filter((text) => text !== undefined).join(': ')
  return {
    status,
    ...(known ? { justification } : {}),
    ...(words === '' ? {} : { [status === 'not_affected' ? 'impact_statement' : 'status_notes']: words }),
  }
}

const openVexJustifications: ReadonlySet<string> = new Set([
  'component_not_present',
  'inline_mitigations_already_exist',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_not_present',
])

function actionOf({ package: item, waiver }: Finding): string {
  const update = item?.fixed === undefined ? 'no fixed version is known' : `update ${item.name} to ${item.fixed}`
  return waiver === undefined ? update : `accepted by ${waiver.owner} until ${waiver.until}: ${waiver.reason}; ${update}`
}

function productOf({ reference, digest }: ImageSubject): Readonly<Record<string, unknown>> {
  const repository = reference.replace(/@.*$/, '').replace(/:[^/:]*$/, '')
  const name = repository.slice(repository.lastIndexOf('/') + 1).toLowerCase()
  if (digest === undefined || name === '') return { '@id': reference }
  const purl = new PackageURL('oci', undefined, name, digest, { repository_url: repository }, undefined).toString()
  return { '@id': purl, identifiers: { purl }, hashes: { 'sha-256': digest.replace(/^sha256:/, '') } }
}
