import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { renderCycloneDx } from '../../../src/scan/sbom/cyclonedx.ts'
import { renderSpdx } from '../../../src/scan/sbom/spdx.ts'
import { evidence, image } from './sample.ts'

const options = { timestamp: '2026-01-02T03:04:05.678Z', version: '0.1.0' }

const schemas = join(dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')), 'res/schema')
const schema = (name: string) => JSON.parse(readFileSync(join(schemas, `${name}.SNAPSHOT.schema.json`), 'utf8')) as object

function validate(document: string): unknown {
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { 'iri-reference': true, 'idn-email': true } })
  addFormats.default(ajv)
  // The package's copies name each other by their file names.
  for (const name of ['cryptography-defs', 'jsf-0.82', 'spdx']) {
    ajv.addSchema({ ...schema(name), $id: `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json` })
  }
  const check = ajv.compile(schema('bom-1.6'))
  check(JSON.parse(document))
  return check.errors ?? []
}

test('a document is valid by the schema of CycloneDX 1.6, with packages, with gaps and with nothing', () => {
  const gaps = [
    { layer: `sha256:${'a'.repeat(64)}`, message: 'layer could not be read' },
    { path: 'a', line: 3, message: 'x' },
  ]
  expect(validate(renderCycloneDx(image, evidence, options))).toEqual([])
  expect(validate(renderCycloneDx(image, { ...evidence, gaps }, options))).toEqual([])
  expect(validate(renderCycloneDx(image, { packages: [], gaps: [] }, options))).toEqual([])
  expect(validate(renderCycloneDx(image, evidence, { ...options, timestamp: 'yesterday' }))).not.toEqual([])
})

test('the same image gives the same bytes, the time stamp aside, and other content another serial number', () => {
  const [one, later] = ['2026-01-02T03:04:05Z', '2026-05-06T07:08:09Z'].map((timestamp) =>
    renderCycloneDx(image, evidence, { ...options, timestamp }),
  )
  expect(one?.replace('2026-01-02T03:04:05Z', '2026-05-06T07:08:09Z')).toBe(later)
  const serial = (document: string) => JSON.parse(document).serialNumber
  expect(serial(renderCycloneDx(image, { ...evidence, packages: [] }, options))).not.toBe(serial(one ?? ''))
})

test('a component has its licence, its file and its layer, and two files of one package are two components', () => {
  const document = JSON.parse(renderCycloneDx(image, evidence, options))
  const [system, musl, ...pads] = document.components
  expect([system.type, system.name, system.version]).toEqual(['operating-system', 'alpine', '3.20.3'])
  expect(musl.licenses).toEqual([{ expression: 'MIT' }])
  expect(musl.evidence).toEqual({ occurrences: [{ location: 'lib/apk/db/installed' }] })
  expect(musl.properties).toContainEqual({ name: 'portcullis:layer', value: `sha256:${'a'.repeat(64)}` })
  expect(pads[0].licenses).toEqual([{ license: { name: '(MIT OR Apache-2.0)' } }, { license: { name: 'do what you want\n"' } }])
  expect(pads[0]['bom-ref']).not.toBe(pads[1]['bom-ref'])
  expect(document.metadata.component.purl).toBe(
    `pkg:oci/shop@sha256:${'f'.repeat(64)}?arch=amd64&repository_url=ghcr.io%2Facme%2Fshop&tag=1.4`,
  )
})

test('a gap makes the composition incomplete and is told', () => {
  const document = JSON.parse(renderCycloneDx(image, { ...evidence, gaps: [{ path: 'a', line: 3, message: 'not JSON' }] }, options))
  expect(document.compositions[0].aggregate).toBe('incomplete')
  expect(document.metadata.properties).toEqual([{ name: 'portcullis:gap', value: 'a: 3: not JSON' }])
})

test('where an image lies on a machine is not in its document', () => {
  const reference = { registry: '', repository: '/home/me/layouts/shop', tag: '1', text: 'oci:/home/me/layouts/shop:1' }
  const document = renderCycloneDx({ ...image, reference }, evidence, options)
  expect(document).not.toContain('/home')
  expect(document).toContain(`pkg:oci/shop@sha256:${'f'.repeat(64)}?arch=amd64&tag=1`)
  expect(renderSpdx({ ...image, reference }, evidence, options)).not.toContain('/home')
})
