import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { renderSpdx } from '../../../src/scan/sbom/spdx.ts'
import { evidence, image } from './sample.ts'

const options = { timestamp: '2026-01-02T03:04:05.678Z', version: '0.1.0' }

/** The fields of SPDX 2.3 that are mandatory, and the forms of those that the renderer writes (sections 6, 7, 10, 11). */
const object = (properties: Record<string, unknown>, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  additionalProperties: false,
})
const list = (items: object) => ({ type: 'array', items, minItems: 1 })
const text = { type: 'string', minLength: 1 }
const elementId = { type: 'string', pattern: '^SPDXRef-[a-zA-Z0-9.-]+$' }
const license = { type: 'string', pattern: '^(NOASSERTION|[A-Za-z0-9 ().+-]+)$' }
const schema = object(
  {
    spdxVersion: { const: 'SPDX-2.3' },
    dataLicense: { const: 'CC0-1.0' },
    SPDXID: { const: 'SPDXRef-DOCUMENT' },
    name: text,
    documentNamespace: { type: 'string', pattern: '^https://[^#]+$' },
    comment: text,
    creationInfo: object({
      created: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$' },
      creators: list({ type: 'string', pattern: '^(Tool|Person|Organization): ' }),
    }),
    packages: list(
      object(
        {
          name: text,
          SPDXID: elementId,
          versionInfo: text,
          primaryPackagePurpose: { enum: ['CONTAINER', 'ARCHIVE'] },
          downloadLocation: { const: 'NOASSERTION' },
          filesAnalyzed: { const: false },
          licenseConcluded: license,
          licenseDeclared: license,
          copyrightText: text,
          comment: text,
          sourceInfo: text,
          checksums: list(
            object({ algorithm: { enum: ['SHA256', 'SHA512'] }, checksumValue: { type: 'string', pattern: '^([0-9a-f]{64}){1,2}$' } }),
          ),
          externalRefs: list(
            object({
              referenceCategory: { const: 'PACKAGE-MANAGER' },
              referenceType: { const: 'purl' },
              referenceLocator: { type: 'string', pattern: '^pkg:' },
            }),
          ),
        },
        ['versionInfo', 'primaryPackagePurpose', 'comment', 'sourceInfo', 'checksums', 'externalRefs'],
      ),
    ),
    hasExtractedLicensingInfos: list(
      object({ licenseId: { type: 'string', pattern: '^LicenseRef-[A-Za-z0-9.-]+$' }, name: text, extractedText: text }),
    ),
    relationships: list(
      object({ spdxElementId: elementId, relationshipType: { enum: ['DESCRIBES', 'CONTAINS'] }, relatedSpdxElement: elementId }),
    ),
  },
  ['comment', 'hasExtractedLicensingInfos'],
)

function validate(document: string): unknown {
  const check = new Ajv({ allErrors: true }).compile(schema)
  check(JSON.parse(document))
  return check.errors ?? []
}

test('a document has the fields of SPDX 2.3 in their forms, with packages, with gaps and with nothing', () => {
  expect(validate(renderSpdx(image, evidence, options))).toEqual([])
  expect(validate(renderSpdx(image, { ...evidence, gaps: [{ path: 'a', message: 'x' }] }, options))).toEqual([])
  expect(validate(renderSpdx(image, { packages: [], gaps: [] }, options))).toEqual([])
  expect(validate(renderSpdx(image, evidence, { ...options, timestamp: 'yesterday' }))).not.toEqual([])
})

test('every element is there once, and every relationship leads to one', () => {
  const document = JSON.parse(renderSpdx(image, evidence, options))
  const ids: string[] = [document.SPDXID, ...document.packages.map((one: { SPDXID: string }) => one.SPDXID)]
  expect(new Set(ids).size).toBe(ids.length)
  const ends = document.relationships.flatMap((one: Record<string, string>) => [one.spdxElementId, one.relatedSpdxElement])
  expect(ends.filter((end: string) => !ids.includes(end))).toEqual([])
  expect(new Set(ends)).toEqual(new Set(ids))
})

test('a licence that is no expression is named within the document, and several are joined', () => {
  const document = JSON.parse(renderSpdx(image, evidence, options))
  const [extracted] = document.hasExtractedLicensingInfos
  expect(extracted.extractedText).toBe('do what you want\n"')
  expect(document.packages.map((one: { licenseDeclared: string }) => one.licenseDeclared)).toEqual([
    'NOASSERTION',
    'NOASSERTION',
    'NOASSERTION',
    'MIT',
    `((MIT OR Apache-2.0)) AND ${extracted.licenseId}`,
    `((MIT OR Apache-2.0)) AND ${extracted.licenseId}`,
  ])
})

test('the same image gives the same bytes, the time stamp aside', () => {
  const [one, later] = ['2026-01-02T03:04:05Z', '2026-05-06T07:08:09Z'].map((timestamp) =>
    renderSpdx(image, evidence, { ...options, timestamp }),
  )
  expect(one?.replace('2026-01-02T03:04:05Z', '2026-05-06T07:08:09Z')).toBe(later)
})
