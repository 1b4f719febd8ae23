import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createHttp, type HttpClient } from '../../src/http.ts'
import { openImages } from '../../src/oci/image.ts'
import { readLayer } from '../../src/oci/layer.ts'
import { openSource } from '../../src/oci/sources.ts'
import { collectBytes } from '../../src/oci/verified.ts'
import { buildImage, dockerArchive, writeLayout, writeOciArchive } from '../builders/image.ts'
import { startRegistry, type TestRegistry } from '../builders/registry.ts'

const image = buildImage({
  layers: [
    { files: { 'etc/os-release': 'ID=test\n', 'a/b': 'base' }, createdBy: 'FROM scratch' },
    { files: { 'a/.wh.b': '' }, createdBy: 'RUN rm a/b' },
  ],
  config: {
    User: '1000',
    Env: ['A=1'],
    Entrypoint: ['/x'],
    Cmd: ['y'],
    ExposedPorts: { '80/tcp': {} },
    Labels: { team: 'shop' },
    WorkingDir: '/w',
  },
  annotations: { 'org.opencontainers.image.base.name': 'scratch' },
})
const { signal } = new AbortController()

let directory: string
let registry: TestRegistry
let http: HttpClient

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'sources-'))
  const layout = { entries: [{ descriptor: image.descriptor, tag: '1.0' }], blobs: image.blobs }
  await writeLayout(path.join(directory, 'layout'), layout)
  await writeLayout(path.join(directory, 'mirror/acme/shop'), layout)
  await writeOciArchive(path.join(directory, 'archive.tar'), layout)
  await writeFile(path.join(directory, 'docker.tar'), dockerArchive([{ image, tags: ['acme/shop:1.0'] }]))
})
afterAll(() => rm(directory, { recursive: true }))
beforeEach(async () => {
  registry = await startRegistry()
  registry.push('acme/shop', '1.0', image)
  http = createHttp({ sleep: async () => {} })
})
afterEach(async () => {
  http.close()
  await registry.close()
})

const open = (text: string) =>
  openSource(text, { http, signal, mirrors: [{ prefix: 'ghcr.io/mirrored', to: { layouts: path.join(directory, 'mirror') } }] })

/** Every source by the text that opens it. A docker-archive keeps its layers unpacked, so that manifest and layers have other digests there. */
const places = {
  registry: () => `${registry.host}/acme/shop:1.0`,
  'registry by digest': () => `${registry.host}/acme/shop@${image.descriptor.digest}`,
  layout: () => `oci:${directory}/layout:1.0`,
  'layout without a tag': () => `oci:${directory}/layout`,
  'oci-archive': () => `oci-archive:${directory}/archive.tar`,
  'oci-archive with a tag': () => `oci-archive:${directory}/archive.tar:1.0`,
  'folder of layouts as a mirror': () => 'ghcr.io/mirrored/acme/shop:1.0',
}

describe.each(Object.entries(places))('one image from a %s', (_, place) => {
  test('has the digests, the configuration and the layers that were built', async () => {
    const { source, reference, close } = await open(place())
    const [found, ...others] = await openImages(source, reference, 'linux/amd64', signal)
    await close()
    expect(others).toEqual([])
    expect(found).toEqual({
      reference,
      digest: image.descriptor.digest,
      manifestDigest: image.descriptor.digest,
      platform: { os: 'linux', architecture: 'amd64' },
      config: {
        created: '2024-01-01T00:00:00Z',
        user: '1000',
        env: ['A=1'],
        entrypoint: ['/x'],
        cmd: ['y'],
        exposedPorts: ['80/tcp'],
        labels: new Map([['team', 'shop']]),
        workingDir: '/w',
        history: [
          { created: '2024-01-01T00:00:00Z', createdBy: 'FROM scratch', emptyLayer: false },
          { created: '2024-01-01T00:00:00Z', createdBy: 'RUN rm a/b', emptyLayer: false },
        ],
      },
      layers: [
        { descriptor: image.layers[0], diffId: image.diffIds[0], createdBy: 'FROM scratch' },
        { descriptor: image.layers[1], diffId: image.diffIds[1], createdBy: 'RUN rm a/b' },
      ],
      annotations: new Map([['org.opencontainers.image.base.name', 'scratch']]),
    })
  })

  test('has the bytes that were built', async () => {
    const { source, close } = await open(place())
    for (const [digest, bytes] of image.blobs) {
      const mediaType = digest === image.descriptor.digest ? image.descriptor.mediaType : 'application/octet-stream'
      expect(await collectBytes(source.read({ mediaType, digest, size: bytes.length }, signal), 1e6, digest)).toEqual(Buffer.from(bytes))
    }
    await close()
  })
})

test('a docker archive has the layers and the configuration that were built', async () => {
  const { source, reference, close } = await open(`docker-archive:${directory}/docker.tar`)
  const [found] = await openImages(source, reference, 'linux/amd64', signal)
  expect(found?.layers.map(({ diffId }) => diffId)).toEqual(image.diffIds)
  expect(found?.layers.map(({ descriptor }) => descriptor.digest)).toEqual(image.diffIds)
  expect(found?.config.user).toBe('1000')
  const paths: string[] = []
  for (const { descriptor } of found?.layers ?? [])
    await readLayer(source.read(descriptor, signal), descriptor.mediaType, ({ path: name }) => void paths.push(name))
  await close()
  expect(paths).toEqual(['etc/os-release', 'a/b', 'a/.wh.b'])
})

test('a text that a tree names is a reference, whatever a transport would make of it', async () => {
  for (const text of [`docker-archive:${directory}/docker.tar`, `oci:${directory}/layout`, `oci-archive:${directory}/archive.tar`])
    await expect(openSource(text, { http, signal, registriesOnly: true })).rejects.toMatchObject({ code: 'malformed' })
  const { reference } = await openSource('oci:1.0', { http, signal, registriesOnly: true })
  expect(reference).toEqual({ registry: 'docker.io', repository: 'library/oci', tag: '1.0', text: 'oci:1.0' })
})

test('all bytes are told of as they are read', async () => {
  const told = new Map<string, number>()
  const { source, reference } = await openSource(`${registry.host}/acme/shop:1.0`, {
    http,
    signal,
    onBytes: ({ digest }, bytes) => void told.set(digest, (told.get(digest) ?? 0) + bytes),
  })
  const [found] = await openImages(source, reference, 'linux/amd64', signal)
  for (const { descriptor } of found?.layers ?? []) for await (const _ of source.read(descriptor, signal));
  expect(told).toEqual(new Map([...image.blobs].map(([digest, bytes]) => [digest, bytes.length])))
})

test('a mirror that is a registry is asked in the place of the one that is named', async () => {
  const mirrors = [{ prefix: 'docker.io/acme', to: { registry: `${registry.host}/acme` } }]
  const { source, reference } = await openSource('acme/shop:1.0', { http, signal, mirrors })
  expect(reference).toMatchObject({ registry: 'docker.io', repository: 'acme/shop', tag: '1.0' })
  expect((await source.resolve(reference, signal)).digest).toBe(image.descriptor.digest)
  expect(registry.seen.map(({ path: asked }) => asked)).toEqual(['/v2/acme/shop/manifests/1.0'])
})
