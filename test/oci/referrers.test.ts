import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHttp, type HttpClient } from '../../src/http.ts'
import { ociIndex } from '../../src/oci/media-types.ts'
import type { Descriptor } from '../../src/oci/source.ts'
import { openSource } from '../../src/oci/sources.ts'
import { buildImage, buildIndex, json, writeLayout } from '../builders/image.ts'
import { startRegistry, type TestRegistry } from '../builders/registry.ts'

const image = buildImage({ layers: [{ a: 'x' }] })
const { digest } = image.descriptor
const { platform: _, ...subject } = image.descriptor
const signed = [1, 2, 3].map((number) =>
  buildImage({
    layers: [{ s: `${number}` }],
    subject,
    artifactType: `application/vnd.test.${number}`,
    annotations: { number: `${number}` },
  }),
)
const { signal } = new AbortController()
const found = (descriptors: readonly Descriptor[]) =>
  descriptors.map(({ digest: each, artifactType, annotations }) => [each, artifactType, annotations?.get('number')])
const expected = signed.map(({ descriptor }, index) => [descriptor.digest, `application/vnd.test.${index + 1}`, `${index + 1}`])

describe('of a registry', () => {
  let registry: TestRegistry
  let http: HttpClient
  beforeEach(async () => {
    registry = await startRegistry()
    for (const each of [image, ...signed]) registry.push('acme/shop', each === image ? '1' : undefined, each)
    http = createHttp({ sleep: async () => {} })
  })
  afterEach(async () => {
    http.close()
    await registry.close()
  })
  const list = async (): Promise<Descriptor[]> => {
    const { source } = await openSource(`${registry.host}/acme/shop:1`, { http, signal })
    return Array.fromAsync(source.referrers(digest, signal))
  }

  test('all pages are followed', async () => {
    registry.pageSize = 1
    expect(found(await list())).toEqual(expected)
    expect(registry.seen).toHaveLength(3)
  })

  test('without the API the tag in its place is read', async () => {
    registry.referrersApi = false
    const entries = signed.map(({ descriptor }, index) => ({
      ...descriptor,
      artifactType: `application/vnd.test.${index + 1}`,
      annotations: { number: `${index + 1}` },
    }))
    registry.pushManifest('acme/shop', digest.replace(':', '-'), ociIndex, buildIndex(entries).bytes)
    expect(found(await list())).toEqual(expected)
  })

  test.each([400, 405, 406])('a registry that answers %i for the API is asked for the tag', async (status) => {
    registry.intercept = (request, response) => {
      if (!request.url?.includes('/referrers/')) return false
      response.writeHead(status).end()
      return true
    }
    expect(await list()).toEqual([])
    expect(registry.seen.map(({ path: asked }) => asked)).toEqual([
      `/v2/acme/shop/referrers/${digest}`,
      `/v2/acme/shop/manifests/${digest.replace(':', '-')}`,
    ])
  })

  test('without the API and without the tag there are none', async () => {
    registry.referrersApi = false
    expect(await list()).toEqual([])
  })

  test('a registry that fails is an error, not an empty list', async () => {
    registry.intercept = (request, response) => {
      if (!request.url?.includes('/referrers/')) return false
      response.writeHead(500).end()
      return true
    }
    await expect(list()).rejects.toMatchObject({ code: 'unreachable' })
  })

  test('pages without end are too large', async () => {
    registry.intercept = (request, response) => {
      if (!request.url?.includes('/referrers/')) return false
      response.setHeader('link', `<${request.url}>; rel="next"`)
      response.end(json({ schemaVersion: 2, mediaType: ociIndex, manifests: [] }))
      return true
    }
    await expect(list()).rejects.toMatchObject({ code: 'too-large' })
    expect(registry.seen).toHaveLength(20)
  })

  test('a next page at another host is refused', async () => {
    registry.intercept = (request, response) => {
      if (!request.url?.includes('/referrers/')) return false
      response.setHeader('link', '<http://127.0.0.1:1/next>; rel="next"')
      response.end(json({ schemaVersion: 2, mediaType: ociIndex, manifests: [] }))
      return true
    }
    await expect(list()).rejects.toMatchObject({ code: 'malformed' })
  })

  test('more than a thousand are too large', async () => {
    registry.intercept = (request, response) => {
      if (!request.url?.includes('/referrers/')) return false
      response.end(json({ schemaVersion: 2, mediaType: ociIndex, manifests: Array.from({ length: 1001 }, () => image.descriptor) }))
      return true
    }
    await expect(list()).rejects.toMatchObject({ code: 'too-large' })
  })
})

describe('of a layout', () => {
  let directory: string
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'referrers-'))
  })
  afterEach(() => rm(directory, { recursive: true }))
  const blobs = [image, ...signed].flatMap((each) => [...each.blobs])
  const list = async (): Promise<Descriptor[]> => {
    const { source } = await openSource(`oci:${directory}:1`, { http: createHttp({ offline: true }), signal })
    return Array.fromAsync(source.referrers(digest, signal))
  }

  test('are the manifests of its index whose subject it is', async () => {
    await writeLayout(directory, {
      entries: [{ descriptor: image.descriptor, tag: '1' }, ...signed.map(({ descriptor }) => ({ descriptor }))],
      blobs,
    })
    expect(found(await list())).toEqual(expected)
  })

  test('are those of the index under the tag of its digest', async () => {
    const index = buildIndex(
      signed.map(({ descriptor }, number) => ({
        ...descriptor,
        artifactType: `application/vnd.test.${number + 1}`,
        annotations: { number: `${number + 1}` },
      })),
    )
    await writeLayout(directory, {
      entries: [
        { descriptor: image.descriptor, tag: '1' },
        { descriptor: index.descriptor, tag: digest.replace(':', '-') },
      ],
      blobs: [...blobs, [index.descriptor.digest, index.bytes]],
    })
    expect(found(await list())).toEqual(expected)
  })
})
