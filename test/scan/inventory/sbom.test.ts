import { expect, test } from 'vitest'
import { sbom } from '../../../src/scan/inventory/sbom.ts'
import { readFormat } from './read-format.ts'

const path = 'opt/bitnami/apache/.spdx-apache.spdx'
const purl = (referenceLocator: string) => [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator }]

test('Bitnami’s document names its package, and not where it was built from', async () => {
  const packages = [
    {
      name: 'apache',
      versionInfo: '2.4.57-3',
      licenseDeclared: 'Apache-2.0',
      externalRefs: purl('pkg:bitnami/apache@2.4.57-3?arch=amd64&distro=debian-11'),
    },
    { name: 'source', externalRefs: purl('pkg:github/apache/httpd@2.4.57') },
    { name: 'nothing' },
  ]
  expect(await readFormat(sbom, path, JSON.stringify({ spdxVersion: 'SPDX-2.3', packages }))).toEqual([
    {
      kind: 'package',
      type: 'bitnami',
      name: 'apache',
      version: '2.4.57-3',
      purl: 'pkg:bitnami/apache@2.4.57-3?arch=amd64&distro=debian-11',
      source: 'apache',
      architecture: 'amd64',
      licenses: ['Apache-2.0'],
    },
  ])
})

test('documents are known by their names', () => {
  const reads = (file: string) => sbom.reads(file, { mode: 0o644, sizeBytes: 1 })
  expect(['usr/share/sbom/a.spdx.json', 'layers/sbom.cdx.json', 'a.cyclonedx.json'].filter((file) => !reads(file))).toEqual([])
  expect(['usr/share/a.json', 'a.spdx', '.spdx.json'].filter(reads)).toEqual([])
})

test('a document of another kind, or cut short, is an error', async () => {
  await expect(readFormat(sbom, path, '{"spdxVersion": "SPDX-3.0"}')).rejects.toThrow('document is neither CycloneDX nor SPDX 2 in JSON')
  await expect(readFormat(sbom, path, 'SPDXVersion: SPDX-2.2')).rejects.toThrow(SyntaxError)
})
