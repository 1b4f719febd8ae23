import { beforeAll, describe, expect, test } from 'vitest'
import { readAttestedSbom } from '../../src/gate/attested-sbom.ts'
import type { ImageRequest } from '../../src/gate/request.ts'
import type { Image } from '../../src/oci/image.ts'
import { envelopeBundle } from '../builders/bundle.ts'
import { attachBundle, statementAbout } from '../builders/image-signatures.ts'
import { memoryRepository, shop } from '../builders/memory-repository.ts'
import { ecdsaKey } from '../builders/signing.ts'
import { type SigstoreInstance, sigstoreInstance } from '../builders/sigstore.ts'

let sigstore: SigstoreInstance
beforeAll(async () => {
  sigstore = await sigstoreInstance()
})

const sbom = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  components: [{ type: 'library', name: 'musl', version: '1.2.5-r0', purl: 'pkg:apk/alpine/musl@1.2.5-r0' }],
}
const file = (value: unknown) => ({ name: 'sbom.json', bytes: Buffer.from(JSON.stringify(value)) })

async function read(attested: unknown, given: unknown, { images = ['**'], stranger = false } = {}) {
  const repository = memoryRepository()
  const manifest = repository.addManifest([])
  repository.tag(manifest.digest, manifest)
  const key = ecdsaKey('release')
  const statement = statementAbout(manifest.digest, 'https://cyclonedx.org/bom', attested)
  attachBundle(repository, manifest, await envelopeBundle(sigstore, statement, { key }))
  const trust = { keys: [stranger ? ecdsaKey('stranger') : key], root: sigstore.root }
  const request = {
    demands: { signers: [{ images, trust, attestations: [], believesVex: false }], admission: [] },
    signal: AbortSignal.timeout(10_000),
  } as unknown as ImageRequest
  return readAttestedSbom(file(given), { reference: shop, digest: manifest.digest } as Image, repository.source, request)
}

describe('an SBOM in place of the layers', () => {
  test('is used when a signer of the policy attested this very document', async () => {
    expect((await read(sbom, sbom)).packages.map(({ purl }) => purl)).toEqual(['pkg:apk/alpine/musl@1.2.5-r0'])
  })

  test.each([
    ['another document was attested', sbom, { ...sbom, components: [] }, {}, 'nobody who is trusted'],
    ['a stranger attested it', sbom, sbom, { stranger: true }, 'nobody who is trusted'],
    ['the policy names nobody for the image', sbom, sbom, { images: ['ghcr.io/other/*'] }, 'names nobody'],
  ])('is not used when %s', async (_, attested, given, how, message) => {
    await expect(read(attested, given, how)).rejects.toThrow(message)
  })
})
