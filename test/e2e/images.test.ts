import { beforeAll, describe, expect, test } from 'vitest'
import { buildImages } from '../../scripts/demo/images.ts'
import { portcullis, reportOf } from '../builders/command.ts'

const layouts = 'oci:examples/storefront/.images/registry.company.com'
const key = ['--key', 'examples/storefront/keys/release.pub']

beforeAll(() => buildImages('examples/images', 'examples/storefront/.images'))

describe('verify', () => {
  test.each([
    ['a signature by the key', `${layouts}/shop/web:1.4.2`, key, 0, 'verified'],
    ['no signature', `${layouts}/shop/cart:3.0.1`, key, 1, 'unsigned'],
    [
      'a signature by a stranger',
      'oci:examples/storefront/.images/quay.example.org/community/metrics-exporter:latest',
      key,
      1,
      'untrusted',
    ],
    ['a signature, and nobody is trusted', `${layouts}/shop/web:1.4.2`, [], 1, 'untrusted'],
  ])('%s', async (_, image, trust, status, signature) => {
    const result = await reportOf(['verify', image, ...trust])
    expect({ status: result.status, signature: result.report.subjects[0]?.signature }).toEqual({ status, signature })
  })

  test('an image that is not there is incomplete, never a pass', async () => {
    expect((await reportOf(['verify', `${layouts}/shop/web:9`, ...key])).status).toBe(3)
  })

  test.each([
    [['--key', 'gone.pub'], '--key "gone.pub"'],
    [['--key', 'README.md'], 'expected one PEM block'],
    [['--certificate-identity', 'a@example.com'], '--certificate-oidc-issuer go together'],
    [['--certificate-identity-regexp', 'acme', '--certificate-oidc-issuer', 'https://a'], 'is not anchored'],
  ])('a wrong signer, %j, is a wrong call', async (trust, message) => {
    const result = await portcullis(['verify', `${layouts}/shop/web:1.4.2`, ...trust])
    expect({ status: result.status, errors: result.errors }).toEqual({ status: 2, errors: expect.stringContaining(message) })
  })
})

test('scan lists every package, and what is wrong with it', async () => {
  const { report, status } = await reportOf([
    'scan',
    `${layouts}/shop/search:2.7.0`,
    '--offline',
    '--advisories',
    'examples/storefront/advisories',
  ])
  const [subject] = report.subjects
  expect({
    status,
    purls: subject?.inventory?.map(({ purl }) => purl.replace(/\?.*/u, '')),
    rules: [...new Set(report.findings.map(({ rule }) => rule))],
  }).toEqual({
    status: 1,
    purls: [
      'pkg:apk/alpine/alpine-baselayout@3.6.5-r0',
      'pkg:apk/alpine/busybox@1.36.1-r29',
      'pkg:apk/alpine/libcrypto3@3.3.1-r0',
      'pkg:apk/alpine/libssl3@3.3.1-r0',
      'pkg:apk/alpine/musl@1.2.5-r0',
    ],
    rules: ['CVE-2024-5535', 'CVE-2024-6119', 'image/end-of-life', 'image/root-user', 'image/no-health-check'],
  })
})

test('sbom is the same document for the same time', async () => {
  const environment = { SOURCE_DATE_EPOCH: '1700000000' }
  const [first, second] = await Promise.all([1, 2].map(() => portcullis(['sbom', `${layouts}/shop/search:2.7.0`], { environment })))
  expect({ status: first?.status, same: first?.output === second?.output, format: JSON.parse(first?.output ?? '{}').bomFormat }).toEqual({
    status: 0,
    same: true,
    format: 'CycloneDX',
  })
})
