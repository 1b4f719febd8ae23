import { expect, test } from 'vitest'
import { renderCycloneDx, renderSpdx } from '../../src/scan/sbom/formats.ts'
import { readSbomInput } from '../../src/scan/sbom-input.ts'
import { inChunks } from './inventory/read-format.ts'
import { evidence, image } from './sbom/sample.ts'

const options = { timestamp: '2026-01-02T03:04:05Z', version: '0.1.0' }
const read = (document: unknown) =>
  readSbomInput(inChunks(Buffer.from(typeof document === 'string' ? document : JSON.stringify(document)), 1000), 'sbom.json')

test('a CycloneDX document of our own gives the inventory that it was made of', async () => {
  const { packages, distribution, gaps } = await read(renderCycloneDx(image, evidence, options))
  expect(packages.map((one) => ({ ...one, ownedBySystem: undefined }))).toEqual(
    evidence.packages.map((one) => ({ ...one, ownedBySystem: undefined, ...(one.type === 'apk' ? { architecture: 'x86_64' } : {}) })),
  )
  expect([distribution?.id, distribution?.version, gaps]).toEqual(['alpine', '3.20.3', []])
})

test('an SPDX document of our own gives packages and distribution', async () => {
  const { packages, distribution, gaps } = await read(renderSpdx(image, evidence, options))
  expect(packages.map(({ purl }) => purl)).toEqual([
    'pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64&distro=alpine-3.20.3',
    'pkg:npm/left-pad@1.3.0',
  ])
  expect([distribution?.id, distribution?.version, gaps]).toEqual(['alpine', '3.20.3', []])
})

test('names are those of their ecosystems, and upstream, epoch and module are read', async () => {
  const components = [
    'pkg:npm/%40babel/core@7.24.0',
    'pkg:maven/org.slf4j/slf4j-api@2.0.9',
    'pkg:golang/github.com/spf13/cobra@v1.8.0',
    'pkg:deb/debian/bsdutils@1:2.36.1-8?arch=amd64&distro=debian-11&upstream=util-linux%402.36.1-8',
    'pkg:rpm/redhat/npm@8.19-1?epoch=1&rpmmod=nodejs:18',
    'pkg:oci/shop@sha256:00',
  ].map((purl) => ({ type: 'library', name: 'x', purl }))
  const { packages, distribution } = await read({
    bomFormat: 'CycloneDX',
    components: [{ type: 'library', name: 'x', purl: 'pkg:pypi/a@1', components }],
  })
  expect(packages.map(({ name, version, source, sourceVersion, module }) => [name, version, source, sourceVersion, module])).toEqual([
    ['bsdutils', '1:2.36.1-8', 'util-linux', '2.36.1-8', undefined],
    ['github.com/spf13/cobra', 'v1.8.0', 'github.com/spf13/cobra', 'v1.8.0', undefined],
    ['org.slf4j:slf4j-api', '2.0.9', 'org.slf4j:slf4j-api', '2.0.9', undefined],
    ['@babel/core', '7.24.0', '@babel/core', '7.24.0', undefined],
    ['a', '1', 'a', '1', undefined],
    ['npm', '1:8.19-1', 'npm', '1:8.19-1', 'nodejs:18'],
  ])
  expect(distribution).toEqual({ id: 'debian', version: '11', idLike: [] })
})

test('software that no purl identifies is a gap; files and the system are not software', async () => {
  const components = [
    { type: 'library', name: 'nameless"' },
    { type: 'library', name: 'broken', purl: 'npm/left-pad' },
    { type: 'library', name: 'versionless', purl: 'pkg:npm/a' },
    { type: 'file', name: '/etc/passwd' },
    { type: 'operating-system', name: 'debian', version: '12' },
  ]
  const { packages, gaps, distribution } = await read({ bomFormat: 'CycloneDX', components })
  expect(packages).toEqual([])
  expect(distribution?.id).toBe('debian')
  expect(gaps.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    'sbom.json: component "nameless\\"" has no purl',
    expect.stringMatching(/^sbom.json: purl "npm\/left-pad" of component "broken" cannot be read: /),
    'sbom.json: component "versionless" has no version',
  ])
})

test('what is no document, nests without end or is cut short is an error', async () => {
  let nested: object = { type: 'library', name: 'x' }
  for (let depth = 0; depth < 40; depth++) nested = { type: 'library', name: 'x', purl: 'pkg:npm/a@1', components: [nested] }
  await expect(read({ bomFormat: 'CycloneDX', components: [nested] })).rejects.toThrow('nested more than 32 deep')
  await expect(read([])).rejects.toThrow('neither CycloneDX nor SPDX 2')
  await expect(read('{"bomFormat": "CycloneDX", ')).rejects.toThrow(SyntaxError)
})
