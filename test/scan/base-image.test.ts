import { expect, test } from 'vitest'
import type { Image } from '../../src/oci/image.ts'
import { baseImageOf } from '../../src/scan/base-image.ts'
import { image as sample } from './sbom/sample.ts'

/** Layers by letter: the digest differs from build to build (`a1`, `a2`), the content (`a`) does not. */
function image(text: string, layers: readonly string[], annotations: Readonly<Record<string, string>> = {}): Image {
  return {
    ...sample,
    reference: { ...sample.reference, text },
    manifestDigest: `sha256:${text}`,
    layers: layers.map((name) => ({
      descriptor: { mediaType: 'x', digest: `sha256:${name}`, size: 1 },
      diffId: `sha256:${name.charAt(0)}`,
    })),
    annotations: new Map(Object.entries(annotations)),
  }
}

const shop = image('shop', ['a1', 'b1', 'c1'], {
  'org.opencontainers.image.base.name': 'docker.io/library/node:22',
  'org.opencontainers.image.base.digest': 'sha256:00',
})

test('the known image with the most of the lowest layers is the base, however they are compressed', () => {
  const known = [image('debian', ['a1']), image('node', ['a2', 'b2']), image('other', ['x1', 'b1']), image('copy', ['a1', 'b1', 'c1'])]
  expect(baseImageOf(shop, known)).toEqual({ name: 'node', digest: 'sha256:node', layers: 2 })
})

test('without a known one the annotation tells', () => {
  expect(baseImageOf(shop, [image('other', ['x1'])])).toEqual({ name: 'docker.io/library/node:22', digest: 'sha256:00' })
})

test('an image that says nothing and shares nothing has no base that is known', () => {
  expect(baseImageOf(image('scratch', ['z1']), [shop, image('empty', [])])).toBeUndefined()
})
