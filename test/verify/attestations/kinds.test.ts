import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { predicateFields, predicateKind, predicateKinds } from '../../../src/verify/attestations/kinds.ts'

const githubBuild = {
  buildDefinition: {
    buildType: 'https://actions.github.io/buildtypes/workflow/v1',
    externalParameters: {
      workflow: { ref: 'refs/heads/main', repository: 'https://github.com/acme/shop', path: '.github/workflows/release.yaml' },
    },
    resolvedDependencies: [
      { uri: 'pkg:docker/alpine', digest: { sha256: 'aa' } },
      { uri: 'git+https://github.com/acme/shop@refs/heads/main', digest: { gitCommit: 'c0ffee' } },
    ],
  },
  runDetails: {
    builder: { id: 'https://github.com/acme/shop/.github/workflows/release.yaml@refs/heads/main' },
    metadata: { invocationId: 'https://github.com/acme/shop/actions/runs/1/attempts/1' },
  },
}
const generatorBuild = {
  builder: {
    id: 'https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml@refs/tags/v2.0.0',
  },
  buildType: 'https://github.com/slsa-framework/slsa-github-generator/container@v1',
  invocation: {
    configSource: {
      uri: 'git+https://github.com/acme/shop@refs/tags/v1',
      digest: { sha1: 'c0ffee' },
      entryPoint: '.github/workflows/release.yaml',
    },
  },
  metadata: { buildInvocationID: '1-1' },
}

test('SLSA provenance v1 of GitHub is read', () => {
  expect(Object.fromEntries(predicateFields('https://slsa.dev/provenance/v1', githubBuild))).toEqual({
    'provenance.build_type': 'https://actions.github.io/buildtypes/workflow/v1',
    'provenance.builder': 'https://github.com/acme/shop/.github/workflows/release.yaml@refs/heads/main',
    'provenance.entry_point': '.github/workflows/release.yaml',
    'provenance.invocation': 'https://github.com/acme/shop/actions/runs/1/attempts/1',
    'provenance.ref': 'refs/heads/main',
    'provenance.revision': 'c0ffee',
    'provenance.source': 'https://github.com/acme/shop',
  })
})

test('SLSA provenance v0.2 is read, with the same names', () => {
  expect(Object.fromEntries(predicateFields('https://slsa.dev/provenance/v0.2', generatorBuild))).toEqual({
    'provenance.build_type': generatorBuild.buildType,
    'provenance.builder': generatorBuild.builder.id,
    'provenance.entry_point': '.github/workflows/release.yaml',
    'provenance.invocation': '1-1',
    'provenance.ref': 'refs/tags/v1',
    'provenance.revision': 'c0ffee',
    'provenance.source': 'https://github.com/acme/shop',
  })
})

test.each([
  ['git+ssh://git@github.com/acme/shop@main', 'ssh'],
  ['https://github.com/acme/shop', undefined],
])('the source %s is taken apart at the ref, and not at the user', (uri, scheme) => {
  const fields = predicateFields('https://slsa.dev/provenance/v0.2', { invocation: { configSource: { uri } } })
  expect(fields.get('provenance.ref')).toBe(scheme && 'main')
  expect(fields.get('provenance.source')).toBe(scheme ? 'git+ssh://git@github.com/acme/shop'.slice(4) : uri)
})

test.each([
  ['https://spdx.dev/Document', 'spdx', { spdxVersion: 'SPDX-2.3', packages: [1, 2] }, { 'sbom.packages': 2, 'sbom.version': 'SPDX-2.3' }],
  ['https://cyclonedx.org/bom/v1.6', 'cyclonedx', { specVersion: '1.6', components: [1] }, { 'sbom.packages': 1, 'sbom.version': '1.6' }],
  ['https://openvex.dev/ns/v0.2.0', 'vex', { author: 'acme', statements: [1] }, { 'vex.author': 'acme', 'vex.statements': 1 }],
  [
    'https://cosign.sigstore.dev/attestation/vuln/v1',
    'vulnerabilities',
    { scanner: { uri: 'pkg:x', version: '1' }, metadata: { scanFinishedOn: '2026-01-01T00:00:00Z' } },
    { 'vulnerabilities.finished': '2026-01-01T00:00:00Z', 'vulnerabilities.scanner': 'pkg:x', 'vulnerabilities.scanner_version': '1' },
  ],
  ['https://in-toto.io/attestation/vulns/v0.1', 'vulnerabilities', {}, {}],
  ['https://acme.example/approved/v1', 'custom', { approved: true }, {}],
  ['https://spdx.dev/Documentary', 'custom', {}, {}],
])('%s is of the kind %s', (type, kind, predicate, fields) => {
  expect(predicateKind(type)).toBe(kind)
  expect(Object.fromEntries(predicateFields(type, predicate))).toEqual(fields)
})

test.each([
  null,
  'text',
  7,
  [],
  { buildDefinition: [], runDetails: { builder: { id: 7 } } },
  JSON.parse('{"__proto__":{"builder":{"id":"x"}}}'),
])('a predicate of another shape says nothing: %j', (predicate) => {
  for (const type of ['https://slsa.dev/provenance/v1', 'https://slsa.dev/provenance/v0.2'])
    expect([...predicateFields(type, predicate)]).toEqual([])
})

test('every kind has its file, and every value its meaning', () => {
  const helpers = ['demands.ts', 'kinds.ts', 'path.ts']
  const files = readdirSync(new URL('../../../src/verify/attestations/', import.meta.url)).filter((file) => !helpers.includes(file))
  expect(files.map((file) => file.replace('.ts', ''))).toEqual(predicateKinds.map(({ name }) => name))
  const read = [
    ...predicateFields('https://slsa.dev/provenance/v1', githubBuild).keys(),
    ...predicateFields('https://slsa.dev/provenance/v0.2', generatorBuild).keys(),
  ]
  const known = new Set(predicateKinds.flatMap(({ fields }) => [...fields.keys()]))
  expect(read.filter((name) => !known.has(name))).toEqual([])
})
