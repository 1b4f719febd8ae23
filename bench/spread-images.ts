/**
 * Images of real sizes on a registry at loopback, without their bytes being held or made more than once: a layer is a gzip stream of several members
 * (RFC 1952 2.2), one of its own and the rest from a store of pieces. Each layer has other bytes and another digest, and is read, unpacked and hashed whole.
 */
import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { gzipSync } from 'node:zlib'
import { digestOf, json } from '../test/builders/image.ts'
import { apkDatabase } from '../test/builders/package-databases.ts'
import { tarEnd, tarEntry } from '../test/builders/tar.ts'

export interface ImageSizes {
  readonly images: number
  /** Stored bytes of the smallest and of the largest image, evenly spread between. */
  readonly smallest: number
  readonly largest: number
  /** Images that share one base layer, of a third of the smallest image. */
  readonly sharing: number
}

export interface LargeImages {
  /** `127.0.0.1:PORT`; the images are `app-0:1` and so on. */
  readonly host: string
  /** Of all distinct layers, and of the images as if they shared none. */
  readonly storedBytes: number
  readonly imageBytes: number
  close(): Promise<void>
}

interface Layer {
  readonly digest: string
  readonly diffId: string
  readonly size: number
  readonly parts: readonly Buffer[]
}

const pieceBytes = 4_000_000
const pieceCount = 16

export async function largeImages({ images, smallest, largest, sharing }: ImageSizes): Promise<LargeImages> {
  const pieces = Array.from({ length: pieceCount }, (_, index) => piece(index))
  const [layers, manifests] = [new Map<string, Layer>(), new Map<string, Buffer>()]
  const add = (name: string, files: Readonly<Record<string, string>>, size: number, from: number): Layer => {
    const layer = layerOf(
      files,
      Array.from({ length: Math.round(size / pieceBytes) }, (_, at) => pieces[(from + at * 7) % pieceCount] as Piece),
      name,
    )
    layers.set(layer.digest, layer)
    return layer
  }
  const bases = Array.from({ length: Math.ceil(images / sharing) }, (_, index) => {
    const release = {
      'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.3\n',
      'lib/apk/db/installed': apkDatabase({ openssl: `3.3.${index}-r0` }),
    }
    return add(`base-${index}`, release, smallest / 3, index)
  })
  let imageBytes = 0
  const tags = new Map<string, string>()
  for (let index = 0; index < images; index++) {
    const base = bases[Math.floor(index / sharing)] as Layer
    const size = smallest + ((largest - smallest) * index) / Math.max(1, images - 1)
    const own = add(`app-${index}`, { [`srv/${index}/package.json`]: `{"name":"app-${index}","version":"1.0.0"}` }, size - base.size, index)
    imageBytes += base.size + own.size
    tags.set(`app-${index}`, addImage(manifests, layers, [base, own]))
  }
  const server = createServer((request, response) => {
    const [, name = '', kind = '', wanted = ''] = /^\/v2\/([^/]+)\/(manifests|blobs)\/(.+)$/u.exec(request.url ?? '') ?? []
    const digest = kind === 'manifests' && !wanted.includes(':') ? (tags.get(name) ?? '') : wanted
    const [layer, document] = [layers.get(digest), manifests.get(digest)]
    const length = layer?.size ?? document?.length
    if (length === undefined) return void response.writeHead(404).end()
    const type = kind === 'manifests' ? 'application/vnd.oci.image.manifest.v1+json' : 'application/octet-stream'
    response.writeHead(200, { 'content-type': type, 'content-length': length, 'docker-content-digest': digest })
    if (request.method === 'HEAD') return void response.end()
    // A reader that leaves is told by the figures.
    pipeline(Readable.from(layer?.parts ?? [document as Buffer]), response).catch(() => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    storedBytes: [...layers.values()].reduce((sum, { size }) => sum + size, 0),
    imageBytes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function addImage(manifests: Map<string, Buffer>, layers: ReadonlyMap<string, Layer>, own: readonly Layer[]): string {
  const config = json({
    architecture: 'amd64',
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: own.map(({ diffId }) => diffId) },
    config: { User: '1000' },
  })
  manifests.set(digestOf(config), config)
  const manifest = json({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(config), size: config.length },
    layers: own.map(({ digest, size }) => ({
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
      digest,
      size: layers.get(digest)?.size ?? size,
    })),
  })
  manifests.set(digestOf(manifest), manifest)
  return digestOf(manifest)
}

interface Piece {
  readonly plain: Buffer
  readonly packed: Buffer
}

/** Files of 8 to 400 kB as programs and their texts are: one part that compresses to nothing less, one of words. */
function piece(index: number): Piece {
  const entries: Buffer[] = []
  for (let [at, stored] = [0, 0]; stored < pieceBytes; at++) {
    const size = 8_000 + ((at * 37_777 + index * 12_345) % 392_000)
    const isText = at % 2 === 0
    entries.push(tarEntry(`opt/${index}/${at}.${isText ? 'txt' : 'bin'}`, isText ? words(size, at + index * 1000) : randomBytes(size)))
    stored += isText ? size * 0.27 : size
  }
  const plain = Buffer.concat(entries)
  return { plain, packed: gzipSync(plain) }
}

const vocabulary = Array.from({ length: 5000 }, (_, index) =>
  createHash('sha1')
    .update(`${index}`)
    .digest('base64')
    .slice(0, 3 + (index % 9)),
)

function words(size: number, seed: number): string {
  let [text, state] = ['', seed + 1]
  while (text.length < size) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    text += `${vocabulary[state % vocabulary.length]}${state % 11 === 0 ? '\n' : ' '}`
  }
  return text.slice(0, size)
}

function layerOf(files: Readonly<Record<string, string>>, pieces: readonly Piece[], name: string): Layer {
  const own = Buffer.concat([...Object.entries(files).map(([path, text]) => tarEntry(path, text)), tarEntry(`etc/${name}`, name)])
  const plain = [own, ...pieces.map((each) => each.plain), tarEnd()]
  const parts = [gzipSync(own), ...pieces.map((each) => each.packed), gzipSync(tarEnd())]
  const digest = (chunks: readonly Buffer[]): string => {
    const hash = createHash('sha256')
    for (const chunk of chunks) hash.update(chunk)
    return `sha256:${hash.digest('hex')}`
  }
  return { digest: digest(parts), diffId: digest(plain), size: parts.reduce((sum, part) => sum + part.length, 0), parts }
}
