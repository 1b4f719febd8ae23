/** An image and its evidence with everything that a document has to carry. */
import type { Image } from '../../../src/oci/image.ts'
import type { ImageEvidence } from '../../../src/scan/evidence.ts'

const digest = (letter: string) => `sha256:${letter.repeat(64)}`
const layer = (letter: string, createdBy?: string) => ({
  descriptor: { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: digest(letter), size: 1 },
  diffId: digest('d'),
  ...(createdBy ? { createdBy } : {}),
})

export const image: Image = {
  reference: { registry: 'ghcr.io', repository: 'acme/shop', tag: '1.4', text: 'ghcr.io/acme/shop:1.4' },
  digest: digest('e'),
  manifestDigest: digest('f'),
  platform: { os: 'linux', architecture: 'amd64' },
  config: { env: [], exposedPorts: [], labels: new Map(), history: [] },
  // The same layer twice, as images with empty layers have it.
  layers: [layer('a', '/bin/sh -c "apk add \u0000 musl" & <x>'), layer('b'), layer('b')],
  annotations: new Map(),
}

export const evidence: ImageEvidence = {
  distribution: { id: 'alpine', version: '3.20.3', idLike: [], name: 'Alpine Linux v3.20' },
  packages: [
    {
      name: 'musl',
      version: '1.2.5-r0',
      purl: 'pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64&distro=alpine-3.20.3',
      type: 'apk',
      source: 'musl',
      sourceVersion: '1.2.5-r0',
      layer: digest('a'),
      path: 'lib/apk/db/installed',
      licenses: ['MIT'],
    },
    ...['app', 'tool'].map((folder) => ({
      name: 'left-pad',
      version: '1.3.0',
      purl: 'pkg:npm/left-pad@1.3.0',
      type: 'npm',
      source: 'left-pad',
      sourceVersion: '1.3.0',
      layer: digest('b'),
      path: `${folder}/node_modules/left-pad/package.json`,
      licenses: ['(MIT OR Apache-2.0)', 'do what you want\n"'],
      ownedBySystem: true,
    })),
  ],
  gaps: [],
}
