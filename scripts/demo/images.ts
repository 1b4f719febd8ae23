/** Builds the images of `examples/images/` into OCI layouts, the same digests on every machine, and signs those that say so. */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Header } from 'tar'
import { ecdsaKey } from '../../test/builders/signing.ts'

/** `image.json` beside the folders of an image's layers. */
interface ImageSource {
  readonly reference: string
  /** The folder of the image that it is built on. */
  readonly base?: string
  /** The name of the key; a demo's key is derived from its name and protects nothing. */
  readonly signedBy?: string
  readonly layers: readonly { readonly folder: string; readonly createdBy: string }[]
  readonly config: Readonly<Record<string, unknown>>
}

interface BuiltLayer {
  readonly bytes: Buffer
  readonly createdBy: string
}

interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
  readonly annotations?: Readonly<Record<string, string>>
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json'
/** That of a reproducible build: the demo's images do not grow old. */
const created = '1970-01-01T00:00:00Z'

/** The digest of each image by its reference. */
export async function buildImages(sources: string, output: string): Promise<ReadonlyMap<string, string>> {
  await rm(output, { recursive: true, force: true })
  const digests = new Map<string, string>()
  const folders = (await readdir(sources, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name)
  for (const folder of folders.sort()) {
    const image = await readSource(sources, folder)
    digests.set(image.reference, await buildImage(image, await layersOf(sources, folder), output))
  }
  return digests
}

async function readSource(sources: string, folder: string): Promise<ImageSource> {
  return JSON.parse(await readFile(join(sources, folder, 'image.json'), 'utf8'))
}

/** From the base up. */
async function layersOf(sources: string, folder: string): Promise<BuiltLayer[]> {
  const image = await readSource(sources, folder)
  const below = image.base === undefined ? [] : await layersOf(sources, image.base)
  const own = await Promise.all(
    image.layers.map(async ({ folder: layer, createdBy }) => ({ bytes: await tarOf(join(sources, folder, layer)), createdBy })),
  )
  return [...below, ...own]
}

async function buildImage(image: ImageSource, layers: readonly BuiltLayer[], output: string): Promise<string> {
  const match = /^(?<name>.+):(?<tag>[^:/]+)$/u.exec(image.reference)
  if (!match?.groups) throw new Error(`${image.reference}: expected a tag`)
  const { name = '', tag = '' } = match.groups
  const layout = layoutIn(join(output, name))
  const diffIds = layers.map(({ bytes }) => digestOf(bytes))
  const config = await layout.blob('application/vnd.oci.image.config.v1+json', {
    architecture: 'amd64',
    os: 'linux',
    created,
    config: image.config,
    rootfs: { type: 'layers', diff_ids: diffIds },
    history: layers.map(({ createdBy }) => ({ created, created_by: createdBy })),
  })
  const descriptors: Descriptor[] = []
  for (const { bytes } of layers) descriptors.push(await layout.blob('application/vnd.oci.image.layer.v1.tar', bytes))
  const manifest = await layout.blob(manifestType, { schemaVersion: 2, mediaType: manifestType, config, layers: descriptors })
  const tagged = [withName(manifest, tag)]
  if (image.signedBy !== undefined)
    tagged.push(withName(await sign(layout, name, manifest.digest, image.signedBy), `${manifest.digest.replace(':', '-')}.sig`))
  await layout.finish(tagged)
  return manifest.digest
}

/** A signature as cosign keeps it. https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md */
async function sign(layout: Layout, name: string, digest: string, signer: string): Promise<Descriptor> {
  const payload = Buffer.from(
    JSON.stringify({
      critical: {
        identity: { 'docker-reference': name },
        image: { 'docker-manifest-digest': digest },
        type: 'cosign container image signature',
      },
      optional: null,
    }),
  )
  const layer = await layout.blob('application/vnd.dev.cosign.simplesigning.v1+json', payload)
  const signature = Buffer.from(demoKey(signer).sign(payload)).toString('base64')
  const config = await layout.blob('application/vnd.oci.image.config.v1+json', {
    architecture: '',
    os: '',
    config: {},
    rootfs: { type: 'layers', diff_ids: [layer.digest] },
    history: [],
  })
  return layout.blob(manifestType, {
    schemaVersion: 2,
    mediaType: manifestType,
    config,
    layers: [{ ...layer, annotations: { 'dev.cosignproject.cosign/signature': signature } }],
  })
}

/** Derived from its name: anybody can make it, so it vouches for nothing but the demo. */
export function demoKey(name: string): ReturnType<typeof ecdsaKey> {
  return ecdsaKey(`storefront ${name}`)
}

interface Layout {
  blob(mediaType: string, content: Buffer | object): Promise<Descriptor>
  finish(manifests: readonly Descriptor[]): Promise<void>
}

/** https://github.com/opencontainers/image-spec/blob/main/image-layout.md */
function layoutIn(directory: string): Layout {
  return {
    async blob(mediaType, content) {
      const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content))
      const digest = digestOf(bytes)
      await write(join(directory, 'blobs', digest.replace(':', '/')), bytes)
      return { mediaType, digest, size: bytes.length }
    },
    async finish(manifests) {
      await write(join(directory, 'oci-layout'), Buffer.from('{"imageLayoutVersion":"1.0.0"}\n'))
      await write(join(directory, 'index.json'), Buffer.from(`${JSON.stringify({ schemaVersion: 2, manifests })}\n`))
    },
  }
}

async function write(file: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, bytes)
}

function withName(descriptor: Descriptor, name: string): Descriptor {
  return { ...descriptor, annotations: { 'org.opencontainers.image.ref.name': name } }
}

/** Not compressed, owned by root, at one time: nothing of the machine is in it. */
async function tarOf(directory: string): Promise<Buffer> {
  const entries = (await readdir(directory, { recursive: true, withFileTypes: true }))
    .map((entry) => ({ path: join(entry.parentPath, entry.name).slice(directory.length + 1), isFile: entry.isFile() }))
    .sort((left, right) => (left.path < right.path ? -1 : 1))
  const parts: Buffer[] = []
  for (const { path, isFile } of entries) {
    const bytes = isFile ? await readFile(join(directory, path)) : Buffer.alloc(0)
    const isProgram = !isFile || bytes.subarray(0, 2).toString() === '#!'
    const header = new Header({
      path: isFile ? path : `${path}/`,
      type: isFile ? 'File' : 'Directory',
      mode: isProgram ? 0o755 : 0o644,
      uid: 0,
      gid: 0,
      size: bytes.length,
      mtime: new Date(created),
    })
    const block = Buffer.alloc(512)
    header.encode(block)
    parts.push(block, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512))
  }
  return Buffer.concat([...parts, Buffer.alloc(1024)])
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
