import { describe, expect, test } from 'vitest'
import { readVex } from '../../../src/advisories/vex/read.ts'

const openVex = (statements: unknown, parts: Record<string, unknown> = {}) => ({
  '@context': 'https://openvex.dev/ns/v0.2.0',
  '@id': 'https://example.org/vex',
  author: 'Acme',
  timestamp: '2026-01-01T00:00:00Z',
  version: 1,
  statements,
  ...parts,
})
const cycloneDx = (vulnerabilities: unknown, parts: Record<string, unknown> = {}) => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  vulnerabilities,
  ...parts,
})

describe('OpenVEX', () => {
  test('is read with products, parts of them, and times that come down from the document', () => {
    const statement = {
      vulnerability: { name: 'CVE-2026-0001', aliases: ['GHSA-aaaa-bbbb-cccc'] },
      products: [{ '@id': 'pkg:oci/shop@sha256:aa', hashes: { 'sha-256': 'AA' }, subcomponents: [{ '@id': 'pkg:npm/left@1.0.0' }] }],
      status: 'not_affected',
      justification: 'vulnerable_code_not_in_execute_path',
      impact_statement: 'never called',
    }
    expect(readVex(openVex([statement]), 'vex.json')).toEqual({
      gaps: [],
      statements: [
        {
          vulnerability: ['CVE-2026-0001', 'GHSA-aaaa-bbbb-cccc'],
          products: [
            {
              identifiers: ['pkg:oci/shop@sha256:aa'],
              digests: ['sha256:aa'],
              components: [{ identifiers: ['pkg:npm/left@1.0.0'], digests: [] }],
            },
          ],
          status: 'not_affected',
          justification: 'vulnerable_code_not_in_execute_path',
          detail: 'never called',
          author: 'Acme',
          timestamp: '2026-01-01T00:00:00Z',
          document: 'vex.json',
        },
      ],
    })
  })

  test('of the first version has plain texts', () => {
    const statement = {
      vulnerability: 'CVE-2026-0001',
      products: ['pkg:oci/shop@sha256:aa'],
      subcomponents: ['pkg:npm/left'],
      status: 'fixed',
      timestamp: '2026-02-02T00:00:00Z',
    }
    const [read] = readVex(openVex([statement], { '@context': 'https://openvex.dev/ns' }), 'vex.json').statements
    expect(read?.products).toEqual([
      { identifiers: ['pkg:oci/shop@sha256:aa'], digests: [], components: [{ identifiers: ['pkg:npm/left'], digests: [] }] },
    ])
    expect(read?.timestamp).toBe('2026-02-02T00:00:00Z')
  })

  const good = { vulnerability: { name: 'CVE-2026-0001' }, products: [{ '@id': 'pkg:npm/left' }], status: 'fixed' }
  test.each<[string, unknown, string]>([
    [
      'an unknown status',
      { ...good, status: 'harmless' },
      'statements[0] has the status "harmless", expected one of affected, fixed, not_affected, under_investigation',
    ],
    ['no vulnerability', { ...good, vulnerability: {} }, 'statements[0] names no vulnerability'],
    ['no product', { ...good, products: [] }, 'statements[0] names no product'],
    ['a product without an identifier', { ...good, products: [{}] }, 'statements[0] names no product'],
    [
      'not_affected without a reason',
      { ...good, status: 'not_affected' },
      'statements[0] says not_affected without a justification or an impact_statement',
    ],
    ['no object', 7, 'statements[0] is no object'],
  ])('with %s is a gap, and the rest is used', (_, statement, gap) => {
    const { statements, gaps } = readVex(openVex([statement, good]), 'vex.json')
    expect(gaps).toEqual([`vex.json: ${gap}`])
    expect(statements).toHaveLength(1)
  })

  test('without a list of statements is a gap', () => {
    expect(readVex(openVex({}), 'vex.json')).toEqual({ statements: [], gaps: ['vex.json: statements is no list'] })
  })
})

describe('VEX in CycloneDX', () => {
  const analysis = { state: 'not_affected', justification: 'code_not_reachable', detail: 'never called' }

  test('is read through the references of its components', () => {
    const document = cycloneDx(
      [{ id: 'CVE-2026-0001', references: [{ id: 'GHSA-aaaa-bbbb-cccc' }], analysis, affects: [{ ref: 'left' }, { ref: 'image' }] }],
      {
        metadata: {
          timestamp: '2026-01-01T00:00:00Z',
          authors: [{ name: 'Acme' }],
          component: { type: 'container', name: 'ghcr.io/acme/shop', 'bom-ref': 'image', hashes: [{ alg: 'SHA-256', content: 'AA' }] },
        },
        components: [{ type: 'application', 'bom-ref': 'app', components: [{ 'bom-ref': 'left', purl: 'pkg:npm/left@1.0.0' }] }],
      },
    )
    expect(readVex(document, 'bom.json')).toEqual({
      gaps: [],
      statements: [
        {
          vulnerability: ['CVE-2026-0001', 'GHSA-aaaa-bbbb-cccc'],
          products: [
            { identifiers: ['pkg:npm/left@1.0.0'], digests: [], components: [] },
            { identifiers: ['ghcr.io/acme/shop'], digests: ['sha256:aa'], components: [] },
          ],
          status: 'not_affected',
          justification: 'code_not_reachable',
          detail: 'never called',
          author: 'Acme',
          timestamp: '2026-01-01T00:00:00Z',
          document: 'bom.json',
        },
      ],
    })
  })

  test('may refer to another document, and to some versions', () => {
    const document = cycloneDx([
      {
        id: 'CVE-1',
        analysis,
        affects: [
          {
            ref: 'urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#pkg%3Anpm%2Fleft',
            versions: [{ version: '1.0.0' }, { range: 'vers:npm/>2' }],
          },
        ],
      },
    ])
    expect(readVex(document, 'bom.json').statements[0]?.products).toEqual([
      { identifiers: ['pkg:npm/left'], digests: [], versions: ['1.0.0'], components: [] },
    ])
  })

  test.each([
    ['exploitable', 'affected'],
    ['false_positive', 'not_affected'],
    ['in_triage', 'under_investigation'],
    ['resolved', 'fixed'],
    ['resolved_with_pedigree', 'fixed'],
  ])('%s means %s', (state, status) => {
    const document = cycloneDx([{ id: 'CVE-1', analysis: { state, detail: 'x' }, affects: [{ ref: 'a' }] }])
    expect(readVex(document, 'bom.json').statements[0]?.status).toBe(status)
  })

  test.each<[string, unknown, readonly string[]]>([
    ['without an analysis is only a list', { id: 'CVE-1', affects: [{ ref: 'a' }] }, []],
    [
      'with an unknown state is a gap',
      { id: 'CVE-1', analysis: { state: 'fine' }, affects: [{ ref: 'a' }] },
      [expect.stringMatching(/^bom\.json: vulnerabilities\[0\] has the state "fine", expected one of /)],
    ],
    ['without a component is a gap', { id: 'CVE-1', analysis }, ['bom.json: vulnerabilities[0] names no component that it affects']],
    ['without an identifier is a gap', { analysis, affects: [{ ref: 'a' }] }, ['bom.json: vulnerabilities[0] names no vulnerability']],
    [
      'without a reason is a gap',
      { id: 'CVE-1', analysis: { state: 'not_affected' }, affects: [{ ref: 'a' }] },
      ['bom.json: vulnerabilities[0] says not_affected without a justification or a detail'],
    ],
  ])('%s', (_, vulnerability, gaps) => {
    expect(readVex(cycloneDx([vulnerability]), 'bom.json')).toEqual({ statements: [], gaps })
  })

  test('nested without end is not followed without end', () => {
    const component: Record<string, unknown> = { 'bom-ref': 'a' }
    component.components = [component]
    expect(() => readVex(cycloneDx([], { components: [component] }), 'bom.json')).not.toThrow()
  })
})

test.each([null, 7, [], {}, { '@context': 'https://example.org' }, { bomFormat: 'CycloneDX' }, { '@context': 'https://openvex.dev/nsx' }])(
  '%j is no VEX document',
  (value) => {
    expect(() => readVex(value, 'x.json')).toThrow('"x.json" is no VEX document: expected OpenVEX or CycloneDX with vulnerabilities')
  },
)
