import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import zlib from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHttp } from '../../src/http.ts'
import { openImages } from '../../src/oci/image.ts'
import { openSource } from '../../src/oci/sources.ts'
import { buildImage, dockerArchive, writeOciArchive } from '../builders/image.ts'

const image = buildImage({ layers: [{ a: 'x' }] })
const archive = dockerArchive([{ image, tags: ['acme/shop:1'] }])
const { signal } = new AbortController()

let directory: string
let daemon: Server
let seen: string[]
let answer: (response: import('node:http').ServerResponse) => void
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'daemon-'))
  seen = []
  answer = (response) => response.end(archive)
  daemon = createServer((request, response) => {
    seen.push(request.url ?? '')
    answer(response)
  })
  await new Promise<void>((resolve) => daemon.listen(path.join(directory, 'docker.sock'), resolve))
})
afterEach(async () => {
  daemon.closeAllConnections()
  await new Promise((resolve) => daemon.close(resolve))
  await rm(directory, { recursive: true })
})

/** Offline: the socket is of this machine. */
async function layersOf(text: string, environment: Record<string, string> = { DOCKER_HOST: `unix://${directory}/docker.sock` }) {
  const { source, reference, close } = await openSource(text, { http: createHttp({ offline: true }), signal, environment })
  try {
    const [found] = await openImages(source, reference, 'linux/amd64', signal)
    for (const { descriptor } of found?.layers ?? []) for await (const _ of source.read(descriptor, signal));
    return found?.layers.map(({ diffId }) => diffId)
  } finally {
    await close()
  }
}

test('an image of the daemon has the layers that were built', async () => {
  expect(await layersOf('docker-daemon:acme/shop:1')).toEqual(image.diffIds)
  expect(seen).toEqual(['/images/acme%2Fshop%3A1/get'])
})

test('an image that the daemon does not have is not found', async () => {
  answer = (response) => response.writeHead(404).end('{"message":"no such image"}')
  await expect(layersOf('docker-daemon:acme/shop:2')).rejects.toMatchObject({ code: 'not-found' })
})

test('an answer that breaks off is an error', async () => {
  answer = (response) => {
    response.writeHead(200, { 'content-length': archive.length }).write(archive.subarray(0, 3000))
    setTimeout(() => response.destroy(), 20)
  }
  await expect(layersOf('docker-daemon:acme/shop:1')).rejects.toThrow()
})

test('no daemon, or one elsewhere, is said', async () => {
  await expect(layersOf('docker-daemon:a', { DOCKER_HOST: `unix://${directory}/none.sock` })).rejects.toMatchObject({ code: 'unreachable' })
  await expect(layersOf('docker-daemon:a', { DOCKER_HOST: 'tcp://192.0.2.1:2375' })).rejects.toMatchObject({ code: 'unsupported' })
  await expect(layersOf('docker-daemon:../x')).rejects.toMatchObject({ code: 'malformed' })
})

test.each([
  ['gzip', zlib.gzipSync],
  ['zstd', zlib.zstdCompressSync],
])('an archive that is compressed with %s is read too', async (_, pack) => {
  await writeFile(path.join(directory, 'docker.tar.x'), pack(archive))
  expect(await layersOf(`docker-archive:${directory}/docker.tar.x`)).toEqual(image.diffIds)
  await writeOciArchive(path.join(directory, 'oci.tar'), { entries: [{ descriptor: image.descriptor }], blobs: image.blobs })
  expect(await layersOf(`docker-archive:${directory}/oci.tar`)).toEqual(image.diffIds)
})
