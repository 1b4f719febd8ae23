import { describe, expect, test } from 'vitest'
import { answerByVex } from '../../../src/advisories/vex/apply.ts'
import type { VexProduct, VexStatement } from '../../../src/advisories/vex/statement.ts'
import type { Problem } from '../../../src/findings.ts'

const digest = `sha256:${'a'.repeat(64)}`
const image = { reference: 'ghcr.io/acme/shop:1.4', repository: 'ghcr.io/acme/shop', digests: [digest] }

const problem = (parts: Partial<Problem> = {}): Problem => ({
  rule: 'CVE-2026-0001',
  check: 'vulnerability',
  severity: 'high',
  title: '',
  message: '',
  aliases: ['GHSA-aaaa-bbbb-cccc'],
  package: { name: 'left', version: '1.0.0', purl: 'pkg:npm/left@1.0.0?arch=x86_64' },
  ...parts,
})

const product = (identifier: string, ...components: readonly string[]): VexProduct => ({
  identifiers: [identifier],
  digests: [],
  components: components.map((component) => ({ identifiers: [component], digests: [] })),
})

const statement = (parts: Partial<VexStatement> = {}): VexStatement => ({
  vulnerability: ['CVE-2026-0001'],
  products: [product('pkg:npm/left@1.0.0')],
  status: 'not_affected',
  justification: 'vulnerable_code_not_present',
  timestamp: '2026-01-01T00:00:00Z',
  document: 'vex.json',
  ...parts,
})

const isAnswered = (statements: readonly VexStatement[], asked = problem()): boolean => answerByVex([asked], statements, image).length === 1

describe('a statement answers', () => {
  test('a problem by its rule or an alias, with itself as the reason', () => {
    const [answer] = answerByVex([problem()], [statement({ vulnerability: ['GHSA-aaaa-bbbb-cccc'] })], image)
    expect(answer).toEqual({ problem: problem(), statements: [statement({ vulnerability: ['GHSA-aaaa-bbbb-cccc'] })] })
    expect(isAnswered([statement({ vulnerability: ['CVE-2026-0002'] })])).toBe(false)
  })

  test.each<[string, VexProduct, boolean]>([
    ['the package', product('pkg:npm/left@1.0.0'), true],
    ['the package in all versions', product('pkg:npm/left'), true],
    ['the package with its qualifier', product('pkg:npm/left@1.0.0?arch=x86_64'), true],
    ['the package with another qualifier', product('pkg:npm/left@1.0.0?arch=arm64'), false],
    ['another version', product('pkg:npm/left@1.0.1'), false],
    ['another type', product('pkg:pypi/left@1.0.0'), false],
    ['another namespace', product('pkg:npm/%40acme/left@1.0.0'), false],
    ['some versions of the package', { ...product('pkg:npm/left'), versions: ['0.9.0', '1.0.0'] }, true],
    ['other versions of the package', { ...product('pkg:npm/left'), versions: ['0.9.0'] }, false],
    ['the whole image by digest', product(`pkg:oci/shop@${encodeURIComponent(digest)}`), true],
    ['the whole image by repository', product('pkg:oci/shop?repository_url=ghcr.io/acme/shop'), true],
    ['the image at its tag', product('pkg:oci/shop?repository_url=ghcr.io/acme/shop&tag=1.4'), true],
    ['the image at another tag', product('pkg:oci/shop?repository_url=ghcr.io/acme/shop&tag=1.5'), false],
    ['an image of that name, whoever’s', product('pkg:oci/shop'), false],
    ['another repository', product(`pkg:oci/shop@${encodeURIComponent(digest)}?repository_url=ghcr.io/evil/shop`), false],
    ['another digest', product(`pkg:oci/shop@sha256%3A${'b'.repeat(64)}`), false],
    ['the image by its reference', product('ghcr.io/acme/shop:1.4'), true],
    ['the image by its repository', product('ghcr.io/acme/shop'), true],
    ['the image by reference and digest', product(`ghcr.io/acme/shop@${digest}`), true],
    ['the image by reference and another digest', product(`ghcr.io/acme/shop@sha256:${'b'.repeat(64)}`), false],
    ['the image by hash', { identifiers: ['anything'], digests: [digest], components: [] }, true],
    ['another hash', { identifiers: ['ghcr.io/acme/shop'], digests: [`sha256:${'b'.repeat(64)}`], components: [] }, false],
    ['that part of the image', product('ghcr.io/acme/shop', 'pkg:npm/left'), true],
    ['another part of the image', product('ghcr.io/acme/shop', 'pkg:npm/right'), false],
    ['that part of another image', product('ghcr.io/acme/other', 'pkg:npm/left'), false],
    ['what is no purl', product('pkg:'), false],
  ])('about %s: %s', (_, about, expected) => {
    expect(isAnswered([statement({ products: [about] })])).toBe(expected)
  })

  test.each([
    ['not_affected', true],
    ['fixed', true],
    ['affected', false],
    ['under_investigation', false],
  ] as const)('with %s: %s', (status, expected) => {
    expect(isAnswered([statement({ status })])).toBe(expected)
  })

  test('while none later says otherwise', () => {
    const later = statement({ status: 'affected', timestamp: '2026-02-01T00:00:00Z' })
    expect(isAnswered([statement(), later])).toBe(false)
    expect(isAnswered([later, statement({ timestamp: '2026-03-01T00:00:00Z' })])).toBe(true)
    expect(isAnswered([statement(), statement({ status: 'affected' })])).toBe(false)
    expect(isAnswered([statement(), statement({ status: 'affected', timestamp: 'some day' })])).toBe(true)
  })

  test('no problem of another check', () => {
    expect(isAnswered([statement()], problem({ check: 'secret' }))).toBe(false)
  })
})

describe('an advisory on several vulnerabilities', () => {
  const erratum = problem({ rule: 'DSA-1-1', aliases: ['CVE-2026-0001', 'CVE-2026-0002'] })

  test('is answered when each of them is, or the advisory itself', () => {
    const [first, second] = [
      statement({ vulnerability: ['CVE-2026-0001'] }),
      statement({ vulnerability: ['CVE-2026-0002'], status: 'fixed' }),
    ]
    expect(isAnswered([first], erratum)).toBe(false)
    expect(isAnswered([second], erratum)).toBe(false)
    expect(answerByVex([erratum], [first, second], image)[0]?.statements).toEqual([first, second])
    expect(isAnswered([statement({ vulnerability: ['DSA-1-1'] })], erratum)).toBe(true)
  })
})
