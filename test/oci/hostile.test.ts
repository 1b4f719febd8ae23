/** What sources must not fall for: every case is an image that is right except in one point. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHttp, type HttpClient } from '../../src/http.ts'
import { RegistryError } from '../../src/oci/errors.ts'
import { openImages } from '../../src/oci/image.ts'
import { ociIndex, ociManifest } from '../../src/oci/media-types.ts'
import { openSource } from '../../src/oci/sources.ts'
import { type BlobDescriptor, buildImage, buildIndex, digestOf, dockerArchive, json, layoutFiles, writeLayout } from '../builders/image.ts'
import { type Interceptor, startRegistry, type TestRegistry } from '../builders/registry.ts'
import { buildTar } from '../builders/tar.ts'

const image = buildImage({ layers: [{ 'etc/os-release': 'ID=test\n' }] })
const arm = buildImage({ layers: [{ a: 'arm' }], architecture: 'arm64' })
const [layer] = image.layers
const { signal } = new AbortController()

let directory: string
let registry: TestRegistry
let http: HttpClient
let sleeps: number[]

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hostile-'))
  registry = await startRegistry()
  registry.push('acme/shop', '1', image)
  sleeps = []
  http = createHttp({ sleep: async (milliseconds) => void sleeps.push(milliseconds) })
})
afterEach(async () => {
  http.close()
  await registry.close()
  await rm(directory, { recursive: true })
})

/** Opens the image and reads each layer to its end. */
async function pull(text = `${registry.host}/acme/shop:1`, platform = 'linux/amd64'): Promise<string[]> {
  const { source, reference, close } = await openSource(text, {
    http,
    signal,
    mirrors: [{ prefix: 'mirrored', to: { layouts: directory } }],
  })
  try {
    const images = await openImages(source, reference, platform, signal)
    for (const { layers } of images) for (const { descriptor } of layers) for await (const _ of source.read(descriptor, signal));
    return images.map(({ manifestDigest }) => manifestDigest)
  } finally {
    await close()
  }
}

async function failure(text?: string, platform?: string): Promise<string> {
  const error = await pull(text, platform).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof RegistryError)) throw new Error(`expected a RegistryError, got ${error}`)
  return `${error.code}: ${error.message}`
}

/** Answers for the layer's blob alone. */
const onLayer =
  (answer: Interceptor): Interceptor =>
  (request, response) =>
    request.url?.includes(`/blobs/${layer?.digest}`) ? answer(request, response) : false

const manifestWith = (change: Readonly<Record<string, unknown>>): BlobDescriptor => {
  const bytes = image.blobs.get(image.descriptor.digest) ?? Buffer.alloc(0)
  return registry.pushManifest('acme/shop', '1', ociManifest, json({ ...JSON.parse(Buffer.from(bytes).toString()), ...change }))
}

test('the image of these cases is right', async () => {
  expect(await pull()).toEqual([image.descriptor.digest])
})

describe('a registry', () => {
  test('that sends other bytes of the same length', async () => {
    registry.blobs.set(layer?.digest ?? '', Buffer.alloc(layer?.size ?? 0))
    expect(await failure()).toMatch(/^digest-mismatch: sha256:.* was asked for, and bytes of sha256:/)
  })

  test('that sends a short blob', async () => {
    registry.blobs.set(layer?.digest ?? '', (image.blobs.get(layer?.digest ?? '') ?? Buffer.alloc(0)).subarray(1))
    expect(await failure()).toMatch(/^digest-mismatch: .* has \d+ bytes, its descriptor says \d+$/)
  })

  test('that sends an endless blob', async () => {
    registry.intercept = onLayer((_, response) => {
      const timer = setInterval(() => response.write(Buffer.alloc(65_536)), 1)
      response.on('close', () => clearInterval(timer))
      return true
    })
    expect(await failure()).toMatch(/^digest-mismatch: .* goes on after \d+ bytes/)
  })

  test('that sends another manifest than the pinned one', async () => {
    registry.intercept = (request, response) => {
      if (!request.url?.includes('/manifests/')) return false
      response.end(json({ schemaVersion: 2 }))
      return true
    }
    expect(await failure(`${registry.host}/acme/shop@${image.descriptor.digest}`)).toMatch(/^digest-mismatch/)
  })

  test('whose header claims another digest than its bytes have', async () => {
    registry.intercept = (request, response) => {
      if (!request.url?.includes('/manifests/')) return false
      response.setHeader('docker-content-digest', arm.descriptor.digest)
      response.end(image.blobs.get(image.descriptor.digest))
      return true
    }
    expect(await failure()).toMatch(/^digest-mismatch/)
  })

  test('that redirects a blob to another host gets no credentials there', async () => {
    const store = await startRegistry()
    store.push('acme/shop', undefined, image)
    registry.intercept = onLayer((request, response) => {
      response.writeHead(307, { location: `http://${store.host}${request.url}` }).end()
      return true
    })
    expect(await pull()).toEqual([image.descriptor.digest])
    expect(store.seen.map(({ headers }) => headers.authorization)).toEqual([undefined])
    await store.close()
  })

  test('that redirects a blob to a metadata address', async () => {
    registry.intercept = onLayer((_, response) => {
      response.writeHead(307, { location: 'https://169.254.169.254/latest' }).end()
      return true
    })
    expect(await failure()).toMatch(/^unreachable: .*link-local or metadata address 169\.254\.169\.254/)
  })

  test('that is busy is asked again after the pause that it asks for', async () => {
    let busy = true
    registry.intercept = onLayer((_, response) => {
      if (busy) response.writeHead(429, { 'retry-after': '3' }).end()
      const was = busy
      busy = false
      return was
    })
    expect(await pull()).toEqual([image.descriptor.digest])
    expect(sleeps).toEqual([3000])
  })

  test.each([
    [500, 'unreachable'],
    [503, 'unreachable'],
    [429, 'rate-limited'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'not-found'],
    [418, 'unreachable'],
  ])('that answers %i is %s', async (status, code) => {
    registry.intercept = (_, response) => {
      response.writeHead(status).end('{"errors":[{"code":"SOME_CODE"}]}')
      return true
    }
    const tries = status === 429 || status >= 500 ? ' after 5 tries' : ''
    expect(await failure()).toBe(`${code}: ${registry.host}/acme/shop:1: registry answered ${status} ("SOME_CODE")${tries}`)
  })

  test('that sends a web page', async () => {
    registry.intercept = (_, response) => {
      response.setHeader('content-type', 'text/html')
      response.end('<html>please log in</html>')
      return true
    }
    expect(await failure()).toMatch(/^malformed: .* came as a web page/)
  })

  test('that sends a manifest without end', async () => {
    registry.intercept = (request, response) => {
      if (!request.url?.includes('/manifests/')) return false
      response.end(Buffer.alloc(5 * 1024 * 1024, 0x20))
      return true
    }
    expect(await failure()).toMatch(/^too-large/)
  })

  test('that is not there', async () => {
    await registry.close()
    expect(await failure()).toMatch(/^unreachable: .*ECONNREFUSED, after 5 tries/)
  })

  test('that is not asked when offline', async () => {
    http = createHttp({ offline: true })
    expect(await failure()).toMatch(/^unreachable: .* was not asked, because of --offline/)
    expect(registry.seen).toEqual([])
  })
})

describe('a manifest', () => {
  test('that is an index too', async () => {
    manifestWith({ manifests: [] })
    expect(await failure()).toMatch(/^malformed: .* is an index and an image manifest at once/)
  })
  test('of Docker schema 1', async () => {
    manifestWith({ schemaVersion: 1 })
    expect(await failure()).toMatch(/^unsupported: .* has Docker's schema 1/)
  })
  test('whose media type says index', async () => {
    manifestWith({ mediaType: ociIndex })
    expect(await failure()).toMatch(/^malformed/)
  })
  test('of something that is no image', async () => {
    manifestWith({ config: { ...image.configDescriptor, mediaType: 'application/vnd.cncf.helm.config.v1+json' } })
    expect(await failure()).toMatch(/^unsupported: .* is not an image: its config has media type "application\/vnd.cncf.helm/)
  })
  test('with a layer that its config does not know', async () => {
    manifestWith({ layers: [layer, layer] })
    expect(await failure()).toMatch(/^malformed: .* has 2 layers, its config has 1 diff_ids/)
  })
  test.each([
    ['a digest that climbs', { digest: 'sha256:../../../etc/passwd' }],
    ['no digest', { digest: undefined }],
    ['a negative size', { size: -1 }],
    ['a size that is text', { size: '12' }],
    ['a fractional size', { size: 1.5 }],
  ])('with a layer that has %s', async (_, change) => {
    manifestWith({ layers: [{ ...layer, ...change }] })
    expect(await failure()).toMatch(/^malformed: layer 1 of manifest sha256:/)
  })
  test('with thousands of layers', async () => {
    manifestWith({ layers: Array.from({ length: 501 }, () => layer) })
    expect(await failure()).toMatch(/^too-large: .* has 501 layers, more than 500/)
  })
  test('with a config that claims to be huge', async () => {
    manifestWith({ config: { ...image.configDescriptor, size: 1e12 } })
    expect(await failure()).toMatch(/^too-large/)
  })
})

describe('an index', () => {
  const attestation: BlobDescriptor = { ...image.descriptor, platform: { os: 'unknown', architecture: 'unknown' } }
  const push = (entries: readonly BlobDescriptor[]): BlobDescriptor => {
    registry.push('acme/shop', undefined, arm)
    const { descriptor, bytes } = buildIndex(entries)
    return registry.pushManifest('acme/shop', '1', descriptor.mediaType, bytes)
  }

  test('gives the platform that is wanted, or all', async () => {
    push([arm.descriptor, image.descriptor])
    expect(await pull()).toEqual([image.descriptor.digest])
    expect(await pull(undefined, 'linux/arm64/v8')).toEqual([arm.descriptor.digest])
    expect(await pull(undefined, 'all')).toEqual([arm.descriptor.digest, image.descriptor.digest])
  })
  test('does not give attestations as platforms', async () => {
    const other = { ...arm.descriptor, annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } }
    push([attestation, other])
    expect(await failure(undefined, 'all')).toMatch(/^not-found: index sha256:.* has no images/)
  })
  test('without the platform says which it has', async () => {
    push([arm.descriptor])
    expect(await failure()).toMatch(/^not-found: index sha256:.* has no image for linux\/amd64; it has linux\/arm64$/)
  })
  test('that leaves platforms out is read by its configurations', async () => {
    const bare = ({ platform: _, ...rest }: BlobDescriptor): BlobDescriptor => rest
    push([bare(arm.descriptor), bare(image.descriptor)])
    expect(await pull()).toEqual([image.descriptor.digest])
  })
  test('in an index is read', async () => {
    const inner = push([image.descriptor])
    push([inner])
    expect(await pull()).toEqual([image.descriptor.digest])
  })
  test('that comes back to itself ends', async () => {
    // No one can make an index that holds its own digest; a registry can pretend to.
    const inner = { mediaType: ociIndex, digest: digestOf(Buffer.from('inner')), size: 10 }
    push([inner, inner])
    registry.blobs.set(inner.digest, json({ schemaVersion: 2, manifests: [inner] }))
    expect(await failure()).toMatch(/^digest-mismatch/)
    const real = push([image.descriptor])
    push([real, real])
    expect(await failure()).toMatch(/^malformed: index sha256:.* comes back to sha256:/)
  })
  test('that nests without end is too large', async () => {
    let descriptor = push([image.descriptor])
    for (let depth = 0; depth < 4; depth++) descriptor = push([descriptor])
    expect(await failure()).toMatch(/^too-large: .* nests deeper than 3 indexes/)
  })
  test('with too many entries is too large', async () => {
    push(Array.from({ length: 1001 }, () => image.descriptor))
    expect(await failure()).toMatch(/^too-large/)
  })
  test('with more images than a run could hold is too large', async () => {
    push(Array.from({ length: 101 }, (_, index) => ({ ...image.descriptor, digest: digestOf(Buffer.from(`${index}`)) })))
    expect(await failure(undefined, 'all')).toMatch(/^too-large: index sha256:.* has 101 images/)
    push(Array.from({ length: 101 }, (_, index) => ({ mediaType: ociManifest, digest: digestOf(Buffer.from(`${index}`)), size: 1 })))
    expect(await failure()).toMatch(/^not-found/)
    const bare = buildIndex(
      Array.from({ length: 101 }, (_, index) => {
        const { mediaType, digest, size } = buildImage({ layers: [{ a: `${index}` }], architecture: 'arm' }).descriptor
        return { mediaType, digest, size }
      }),
    )
    registry.pushManifest('acme/shop', '1', ociIndex, bare.bytes)
    for (let index = 0; index < 101; index++)
      registry.push('acme/shop', undefined, buildImage({ layers: [{ a: `${index}` }], architecture: 'arm' }))
    expect(await failure()).toMatch(/^too-large: .* has more than 100 entries without a platform/)
  })
  test('whose entry says manifest and is an index', async () => {
    const inner = push([image.descriptor])
    push([{ ...inner, mediaType: ociManifest, platform: { os: 'linux', architecture: 'amd64' } }])
    expect(await failure()).toMatch(/^malformed/)
  })
})

describe('a layout', () => {
  const layout = { entries: [{ descriptor: image.descriptor, tag: '1' }], blobs: image.blobs }

  test.each([
    ['of another version', 'oci-layout', json({ imageLayoutVersion: '9' }), /^unsupported/],
    ['without a marker', 'oci-layout', json({}), /^unsupported/],
    ['with an index that is not JSON', 'index.json', Buffer.from('{'), /^malformed/],
    ['with an index without a list', 'index.json', json({ manifests: 7 }), /^malformed/],
    ['with a short blob', `blobs/sha256/${layer?.digest.slice(7)}`, Buffer.from('x'), /^digest-mismatch/],
  ])('%s', async (_, name, bytes, expected) => {
    await writeLayout(directory, layout)
    await writeFile(path.join(directory, name), bytes)
    expect(await failure(`oci:${directory}:1`)).toMatch(expected)
  })

  test('whose blob is a link out of it', async () => {
    const inside = path.join(directory, 'layout')
    await writeLayout(inside, layout)
    const blob = `blobs/sha256/${layer?.digest.slice(7)}`
    await writeFile(path.join(directory, 'outside'), image.blobs.get(layer?.digest ?? '') ?? '')
    await rm(path.join(inside, blob))
    await symlink('../../../outside', path.join(inside, blob))
    expect(await failure(`oci:${inside}:1`)).toMatch(/^malformed: .* leads out of/)
  })

  test('whose blob is a directory', async () => {
    await writeLayout(directory, layout)
    const blob = path.join(directory, `blobs/sha256/${layer?.digest.slice(7)}`)
    await rm(blob)
    await mkdir(blob)
    expect(await failure(`oci:${directory}:1`)).toMatch(/^malformed: .* is not a file/)
  })

  test('with a tag that is not there, or there twice', async () => {
    await writeLayout(directory, { ...layout, entries: [...layout.entries, { descriptor: arm.descriptor, tag: '1' }] })
    expect(await failure(`oci:${directory}:2`)).toMatch(/^not-found: .* has no image with the tag "2"/)
    expect(await failure(`oci:${directory}:1`)).toMatch(/^malformed: .* has several images with the tag "1"/)
    expect(await failure(`oci:${directory}`)).toMatch(/^not-found: .* holds 2 images, and none is named/)
  })

  test('that is not there', async () => {
    expect(await failure(`oci:${directory}/none`)).toMatch(/^not-found: ".*none" does not exist/)
    expect(await failure('oci:')).toMatch(/^malformed/)
  })

  test('of a mirror that leads out of its folder', async () => {
    const [outside, folder] = [path.join(directory, 'outside'), path.join(directory, 'folder')]
    await writeLayout(outside, layout)
    await mkdir(path.join(folder, 'acme'), { recursive: true })
    await symlink(outside, path.join(folder, 'acme/shop'))
    const mirrors = [{ prefix: 'docker.io', to: { layouts: folder } }]
    const { source, reference } = await openSource('docker.io/acme/shop:1', { http, signal, mirrors })
    await expect(source.resolve(reference, signal)).rejects.toMatchObject({ code: 'malformed' })
  })
})

describe('an archive', () => {
  const write = async (name: string, bytes: Uint8Array): Promise<string> => {
    await writeFile(path.join(directory, name), bytes)
    return path.join(directory, name)
  }
  const whole = buildTar(Object.fromEntries(layoutFiles({ entries: [{ descriptor: image.descriptor, tag: '1' }], blobs: image.blobs })))

  test('that is cut short', async () => {
    expect(await failure(`oci-archive:${await write('a', whole.subarray(0, 520))}`)).toMatch(/^malformed: .* cannot be read: the tar ends/)
  })
  test('that is no tar', async () => {
    expect(await failure(`oci-archive:${await write('a', Buffer.alloc(4096, 'x'))}`)).toMatch(/^malformed/)
    expect(await failure(`oci-archive:${await write('a', Buffer.alloc(0))}`)).toMatch(/^malformed/)
  })
  test('with a name that climbs out, or the same name twice', async () => {
    expect(await failure(`oci-archive:${await write('a', buildTar({ '../index.json': '{}' }))}`)).toMatch(
      /^malformed: .* climbs out of the archive/,
    )
    expect(
      await failure(`oci-archive:${await write('a', Buffer.concat([buildTar({ 'index.json': '{}' }).subarray(0, 1024), whole]))}`),
    ).toMatch(/^malformed: .* twice/)
  })
  test('of Docker whose layers are links in a circle or to nothing', async () => {
    const config = image.blobs.get(image.configDescriptor.digest) ?? Buffer.alloc(0)
    const files = { 'config.json': config, 'manifest.json': json([{ Config: 'config.json', RepoTags: ['a:1'], Layers: ['l'] }]) }
    for (const target of ['l', 'none', '../../etc/passwd'])
      expect(await failure(`docker-archive:${await write('a', buildTar({ ...files, l: { symlink: target } }))}`)).toMatch(
        /^malformed: .* names the layer "l", which is not in the archive/,
      )
  })
  test('of Docker with several images needs a name', async () => {
    const file = await write(
      'a',
      dockerArchive([
        { image, tags: ['acme/shop:1'] },
        { image: arm, tags: ['acme/shop:arm'] },
      ]),
    )
    expect(await failure(`docker-archive:${file}`)).toMatch(
      /^not-found: .* holds 2 images, and none is named: "acme\/shop:1", "acme\/shop:arm"/,
    )
    const [first] = await pull(`docker-archive:${file}:acme/shop:1`)
    expect(await pull(`docker-archive:${file}:@0`)).toEqual([first])
    expect(await pull(`docker-archive:${file}:acme/shop:arm`)).not.toEqual([first])
    expect(await failure(`docker-archive:${file}:acme/other`)).toMatch(/^not-found/)
    expect(await failure(`docker-archive:${file}:@2`)).toMatch(/^not-found/)
  })
  test('of Docker with a layer that is not what its config says', async () => {
    const files = {
      'config.json': image.blobs.get(image.configDescriptor.digest) ?? Buffer.alloc(0),
      l: buildTar({ other: 'x' }),
      'manifest.json': json([{ Config: 'config.json', RepoTags: ['a:1'], Layers: ['l'] }]),
    }
    expect(await failure(`docker-archive:${await write('a', buildTar(files))}`)).toMatch(/^digest-mismatch/)
  })
})
