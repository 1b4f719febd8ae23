import { describe, expect, test } from 'vitest'
import { readVex } from '../../../src/advisories/vex/read.ts'
import { writeOpenVex } from '../../../src/advisories/vex/write.ts'
import type { Finding, Report } from '../../../src/findings.ts'

const digest = `sha256:${'a'.repeat(64)}`
const settings = { author: 'Acme <security@acme.example>', timestamp: new Date('2026-01-01T00:00:00Z') }

const finding = (parts: Partial<Finding> = {}): Finding => ({
  rule: 'CVE-2026-0001',
  check: 'vulnerability',
  severity: 'high',
  title: 'bad',
  message: 'left 1.0.0 is affected; fixed in 2.0.0',
  aliases: ['GHSA-aaaa-bbbb-cccc'],
  package: { name: 'left', version: '1.0.0', purl: 'pkg:npm/left@1.0.0', fixed: '2.0.0' },
  subject: `ghcr.io/acme/shop:1.4@${digest}`,
  locations: [],
  state: 'new',
  blocking: true,
  fingerprint: '1',
  ...parts,
})

const report = (...findings: readonly Finding[]): Report =>
  ({
    subjects: [{ kind: 'image', reference: 'ghcr.io/acme/shop:1.4', digest, signature: 'verified', locations: [] }],
    findings,
  }) as unknown as Report

const statementsOf = (...findings: readonly Finding[]) =>
  (writeOpenVex(report(...findings), settings) as { statements: unknown[] }).statements

describe('a report as OpenVEX', () => {
  test('says of each vulnerability of an image that it is affected, and what to do', () => {
    expect(writeOpenVex(report(finding()), settings)).toEqual({
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': expect.stringMatching(/^https:\/\/portcullis\.dev\/vex\/[0-9a-f]{64}$/),
      author: 'Acme <security@acme.example>',
      role: 'scanner',
      timestamp: '2026-01-01T00:00:00.000Z',
      version: 1,
      tooling: 'portcullis',
      statements: [
        {
          vulnerability: { name: 'CVE-2026-0001', aliases: ['GHSA-aaaa-bbbb-cccc'] },
          products: [
            {
              '@id': `pkg:oci/shop@${digest}?repository_url=ghcr.io%2Facme%2Fshop`,
              identifiers: { purl: `pkg:oci/shop@${digest}?repository_url=ghcr.io%2Facme%2Fshop` },
              hashes: { 'sha-256': 'a'.repeat(64) },
              subcomponents: [{ '@id': 'pkg:npm/left@1.0.0', identifiers: { purl: 'pkg:npm/left@1.0.0' } }],
            },
          ],
          status: 'affected',
          status_notes: 'left 1.0.0 is affected; fixed in 2.0.0',
          action_statement: 'update left to 2.0.0',
        },
      ],
    })
  })

  test('does not call an accepted risk not_affected', () => {
    const waiver = { reason: 'behind the firewall', owner: 'ann', until: '2026-06-30' }
    expect(statementsOf(finding({ state: 'waived', waiver }))).toEqual([
      expect.objectContaining({
        status: 'affected',
        action_statement: 'accepted by ann until 2026-06-30: behind the firewall; update left to 2.0.0',
      }),
    ])
  })

  test('hands on what a VEX statement said', () => {
    const [openVex, cycloneDx, fixed] = statementsOf(
      finding({ vex: { status: 'not_affected', justification: 'vulnerable_code_not_present', detail: 'patched out' } }),
      finding({ vex: { status: 'not_affected', justification: 'code_not_reachable' } }),
      finding({ vex: { status: 'fixed' } }),
    )
    expect(openVex).toMatchObject({ status: 'not_affected', justification: 'vulnerable_code_not_present', impact_statement: 'patched out' })
    expect(cycloneDx).toMatchObject({ status: 'not_affected', impact_statement: 'code_not_reachable' })
    expect(fixed).toMatchObject({ status: 'fixed' })
  })

  test('leaves out what is no vulnerability of an image', () => {
    expect(statementsOf(finding({ check: 'manifest' }), finding({ subject: 'build/Dockerfile' }))).toEqual([])
  })

  test('can be read again, and is the same for the same report', () => {
    const document = writeOpenVex(
      report(finding(), finding({ vex: { status: 'not_affected', justification: 'code_not_reachable' } })),
      settings,
    )
    expect(readVex(JSON.parse(JSON.stringify(document)), 'own.json').gaps).toEqual([])
    expect(writeOpenVex(report(finding()), settings)).toEqual(writeOpenVex(report(finding()), settings))
    expect(writeOpenVex(report(finding()), settings)).not.toEqual(writeOpenVex(report(finding({ rule: 'CVE-2026-0002' })), settings))
  })
})
