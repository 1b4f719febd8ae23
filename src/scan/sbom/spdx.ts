/** An inventory as SPDX 2.3 JSON. https://spdx.github.io/spdx-spec/v2.3/ */
import { createHash } from 'node:crypto'
import type { Package } from '../../findings.ts'
import type { Image, ImageLayer } from '../../oci/image.ts'
import type { ImageEvidence } from '../evidence.ts'
import { contentUuid, imageName, imagePurl, imageTitle, isSpdxExpression, type SbomOptions, wholeSeconds } from './document.ts'

/** Ends with a line end. The image contains its layers, and each layer the packages that it brought; gaps stand in the document's comment. */
export function renderSpdx(image: Image, evidence: ImageEvidence, options: SbomOptions): string {
  const layers = image.layers.map(layerPackage)
  const packages = evidence.packages.map(softwarePackage)
  const extracted = extractedLicenses(evidence.packages)
  const document = {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: imageTitle(image),
    // 6.5: a URI that need not lead anywhere; a UUID makes it unique.
    documentNamespace: `https://spdx.org/spdxdocs/portcullis-${contentUuid(image, evidence, options)}`,
    ...(evidence.gaps.length > 0 ? { comment: gapComment(evidence) } : {}),
    creationInfo: { created: wholeSeconds(options.timestamp), creators: [`Tool: portcullis-${options.version}`] },
    packages: [imagePackage(image), ...layers, ...packages],
    ...(extracted.length > 0 ? { hasExtractedLicensingInfos: extracted } : {}),
    relationships: [
      relationship('SPDXRef-DOCUMENT', 'DESCRIBES', 'SPDXRef-Image'),
      ...unique(layers).map((layer) => relationship('SPDXRef-Image', 'CONTAINS', layer.SPDXID)),
      ...packages.map((one, index) => relationship(layerId(evidence.packages[index]?.layer ?? ''), 'CONTAINS', one.SPDXID)),
    ],
  }
  return `${JSON.stringify({ ...document, packages: unique(document.packages) }, undefined, 2)}\n`
}

/** Fields of a package for which nothing is claimed. */
const unclaimed = {
  downloadLocation: 'NOASSERTION',
  filesAnalyzed: false,
  licenseConcluded: 'NOASSERTION',
  copyrightText: 'NOASSERTION',
} as const

function imagePackage(image: Image) {
  return {
    name: imageName(image),
    SPDXID: 'SPDXRef-Image',
    versionInfo: image.manifestDigest,
    primaryPackagePurpose: 'CONTAINER',
    ...unclaimed,
    licenseDeclared: 'NOASSERTION',
    ...checksums(image.manifestDigest),
    externalRefs: [purlReference(imagePurl(image))],
  }
}

function layerPackage({ descriptor, createdBy }: ImageLayer) {
  return {
    name: descriptor.digest,
    SPDXID: layerId(descriptor.digest),
    primaryPackagePurpose: 'ARCHIVE',
    ...unclaimed,
    licenseDeclared: 'NOASSERTION',
    ...checksums(descriptor.digest),
    ...(createdBy ? { comment: createdBy } : {}),
  }
}

function softwarePackage(one: Package) {
  const { name, version, purl, path, layer, licenses = [] } = one
  return {
    name,
    SPDXID: `SPDXRef-Package-${createHash('sha256').update(`${purl}\0${path}`).digest('hex').slice(0, 32)}`,
    versionInfo: version,
    ...unclaimed,
    licenseDeclared: licenses.length > 0 ? licenses.map(licenseTerm).join(' AND ') : 'NOASSERTION',
    sourceInfo: `found in ${path} of layer ${layer}`,
    externalRefs: [purlReference(purl)],
  }
}

function licenseTerm(license: string, _index: number, all: readonly string[]): string {
  if (!isSpdxExpression(license)) return licenseId(license)
  return all.length > 1 && license.includes(' ') ? `(${license})` : license
}

/** 10.1: a licence that is not on the list is named within the document. */
function licenseId(license: string): string {
  return `LicenseRef-${createHash('sha256').update(license).digest('hex').slice(0, 16)}`
}

function extractedLicenses(packages: readonly Package[]) {
  const names = new Set(packages.flatMap(({ licenses = [] }) => licenses).filter((license) => !isSpdxExpression(license)))
  return [...names].sort().map((name) => ({ licenseId: licenseId(name), name, extractedText: name }))
}

function gapComment({ gaps }: ImageEvidence): string {
  return gaps.map(({ layer, path, message }) => `could not be read: ${path ?? layer ?? ''}: ${message}`).join('\n')
}

function layerId(digest: string): string {
  return `SPDXRef-Layer-${digest.replace(/[^A-Za-z0-9.-]/g, '-')}`
}

function checksums(digest: string) {
  const [algorithm, checksumValue = ''] = digest.split(':')
  return { checksums: [{ algorithm: algorithm === 'sha512' ? 'SHA512' : 'SHA256', checksumValue }] }
}

function purlReference(referenceLocator: string) {
  return { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator }
}

function relationship(spdxElementId: string, relationshipType: string, relatedSpdxElement: string) {
  return { spdxElementId, relationshipType, relatedSpdxElement }
}

/** An image can have the same layer twice. */
function unique<T extends { readonly SPDXID: string }>(list: readonly T[]): T[] {
  return [...new Map(list.map((one) => [one.SPDXID, one])).values()]
}
