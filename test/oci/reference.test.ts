import { describe, expect, test } from 'vitest'
import { formatReference, parseReference, referenceWithDigest, splitReference } from '../../src/oci/reference.ts'

const digest = `sha256:${'a'.repeat(64)}`

test.each([
  ['nginx', 'docker.io', 'library/nginx', 'latest', undefined],
  ['nginx:1.27', 'docker.io', 'library/nginx', '1.27', undefined],
  ['docker.io/nginx', 'docker.io', 'library/nginx', 'latest', undefined],
  ['index.docker.io/library/nginx', 'docker.io', 'library/nginx', 'latest', undefined],
  ['acme/shop', 'docker.io', 'acme/shop', 'latest', undefined],
  ['ghcr.io/acme/shop:1.4', 'ghcr.io', 'acme/shop', '1.4', undefined],
  [`ghcr.io/acme/shop@${digest}`, 'ghcr.io', 'acme/shop', undefined, digest],
  [`ghcr.io/acme/shop:1.4@${digest}`, 'ghcr.io', 'acme/shop', '1.4', digest],
  ['localhost/x', 'localhost', 'x', 'latest', undefined],
  ['localhost:5000/x:y', 'localhost:5000', 'x', 'y', undefined],
  ['127.0.0.1:5000/a/b/c', '127.0.0.1:5000', 'a/b/c', 'latest', undefined],
  ['[::1]:5000/x', '[::1]:5000', 'x', 'latest', undefined],
  ['Registry/x', 'Registry', 'x', 'latest', undefined],
  ['x__y/a.b-c--d', 'docker.io', 'x__y/a.b-c--d', 'latest', undefined],
])('%s is %s / %s : %s @ %s', (text, registry, repository, tag, found) => {
  expect(parseReference(text)).toEqual({ registry, repository, text, ...(tag ? { tag } : {}), ...(found ? { digest: found } : {}) })
})

test.each([
  '',
  ' nginx',
  'nginx:',
  'nginx:-x',
  `nginx:${'t'.repeat(129)}`,
  'Nginx',
  'ghcr.io/Acme/shop',
  'ghcr.io/',
  'ghcr.io//x',
  'a/../b',
  'ghcr.io/../x',
  'http://ghcr.io/x',
  'user@ghcr.io/x',
  'nginx@sha256:abc',
  `nginx@sha256:${'A'.repeat(64)}`,
  `nginx@md5:${'a'.repeat(32)}`,
  `nginx@${digest}@${digest}`,
  'a___b',
  'a..b',
  'a/b?c=d',
  'a/b#c',
  '$(IMAGE)',
  'ghcr.io:port/x',
  'x'.repeat(256),
  'x'.repeat(100_000),
  'a\n/b',
])('%j is not a reference', (text) => {
  expect(() => parseReference(text)).toThrow(expect.objectContaining({ name: 'RegistryError', code: 'malformed' }))
})

describe('in full', () => {
  test('a short name has its registry and its tag', () => {
    expect(formatReference(parseReference('nginx'))).toBe('docker.io/library/nginx:latest')
  })

  test('a digest is added to the tag', () => {
    expect(formatReference(referenceWithDigest(parseReference('nginx:1'), digest))).toBe(`docker.io/library/nginx:1@${digest}`)
  })

  test('an image of a transport stays as it was written', () => {
    const reference = { registry: '', repository: 'dir', text: 'oci:dir', digest }
    expect(formatReference(reference)).toBe(`oci:dir@${digest}`)
  })
})

test.each([
  ['ghcr.io/acme/Shop:1', { name: 'ghcr.io/acme/Shop', registry: 'ghcr.io', repository: 'acme/Shop', tag: '1' }],
  ['$REGISTRY/shop', { name: '$REGISTRY/shop', registry: '$REGISTRY', repository: 'shop' }],
  ['nginx@sha256:ab@c', { name: 'nginx', registry: 'docker.io', repository: 'library/nginx', digest: 'sha256:ab@c' }],
  ['nginx:', { name: 'nginx', registry: 'docker.io', repository: 'library/nginx', tag: '' }],
  ['', { name: '', registry: 'docker.io', repository: 'library/' }],
])('%j has parts, though it names no image', (text, parts) => {
  expect(splitReference(text)).toEqual(parts)
  expect(() => parseReference(text)).toThrow('is not an image reference')
})
