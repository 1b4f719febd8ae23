import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/findings.ts'
import { readVexDocuments, vexOfAttestations, withVex } from '../../src/gate/vex.ts'
import type { Image } from '../../src/oci/image.ts'
import { vulnerability } from '../builders/report.ts'

const digest = `sha256:${'a'.repeat(64)}`
const image = {
  reference: { registry: 'ghcr.io', repository: 'acme/shop', tag: '1', text: 'ghcr.io/acme/shop:1' },
  digest,
  manifestDigest: digest,
} as Image
const openVex = (status: string, more = {}) => ({
  '@context': 'https://openvex.dev/ns/v0.2.0',
  '@id': 'https://acme.example/vex/1',
  author: 'acme',
  timestamp: '2026-01-01T00:00:00Z',
  version: 1,
  statements: [
    { vulnerability: { name: 'CVE-2024-1' }, products: [{ '@id': 'pkg:oci/shop?repository_url=ghcr.io/acme/shop' }], status, ...more },
  ],
})
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value))
const problems = [vulnerability('CVE-2024-1'), vulnerability('CVE-2024-2')]
const said = (status: string, more = {}) => {
  const { statements } = readVexDocuments([{ name: 'vex.json', bytes: bytes(openVex(status, more)) }])
  return withVex(problems, statements, image).map(({ vex }) => vex)
}

describe('a VEX document of the policy', () => {
  test('answers the vulnerability that it names, with its justification', () => {
    expect(said('not_affected', { justification: 'vulnerable_code_not_present' })).toEqual([
      { status: 'not_affected', justification: 'vulnerable_code_not_present' },
      undefined,
    ])
  })

  test.each(['affected', 'under_investigation'])('that says %s answers nothing', (status) => {
    expect(said(status)).toEqual([undefined, undefined])
  })

  test('that is none is a wrong policy, by its name', () => {
    expect(() => readVexDocuments([{ name: 'vex.json', bytes: Buffer.from('{}') }])).toThrow(UsageError)
    expect(() => readVexDocuments([{ name: 'vex.json', bytes: Buffer.from('{') }])).toThrow(/^vex\.json: /u)
  })
})

describe('a VEX attestation', () => {
  const attestation = (status: 'verified' | 'untrusted') => ({
    status,
    message: '',
    signer: 'release',
    predicateType: 'https://openvex.dev/ns/v0.2.0',
    predicate: openVex('fixed'),
  })

  test('of a trusted signer counts', () => {
    expect(vexOfAttestations([attestation('verified')]).statements).toHaveLength(1)
  })

  test('of a stranger does not', () => {
    expect(vexOfAttestations([attestation('untrusted')]).statements).toEqual([])
  })

  test('that cannot be read is a gap', () => {
    expect(vexOfAttestations([{ ...attestation('verified'), predicate: {} }])).toEqual({
      statements: [],
      gaps: [expect.stringContaining('VEX attestation of release')],
    })
  })
})
