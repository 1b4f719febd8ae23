import { beforeAll, describe, expect, test } from 'vitest'
import type { ImageSource } from '../../src/oci/source.ts'
import { VerificationError } from '../../src/verify/errors.ts'
import type { KeylessSigner } from '../../src/verify/keyless.ts'
import { readBounded } from '../../src/verify/read-bounded.ts'
import { type Trust, type VerifyRequest, verifyImage } from '../../src/verify/verify-image.ts'
import { type BundleOptions, envelopeBundle, messageBundle } from '../builders/bundle.ts'
import { attachBundle, cosignAttest, cosignKeyless, signStatement, statementAbout } from '../builders/image-signatures.ts'
import { manifestMediaType, memoryRepository, sha256, shop } from '../builders/memory-repository.ts'
import { cosignSign, ecdsaKey } from '../builders/signing.ts'
import { githubIssuer, type SigstoreInstance, sigstoreInstance, workflow } from '../builders/sigstore.ts'

const key = ecdsaKey('release')
const release: KeylessSigner = { name: 'workflow', issuer: { equals: githubIssuer }, subject: { equals: workflow } }

let sigstore: SigstoreInstance
let other: SigstoreInstance
beforeAll(async () => {
  ;[sigstore, other] = await Promise.all([sigstoreInstance(), sigstoreInstance('other')])
})

/** An image whose manifest can be read. */
function published() {
  const repository = memoryRepository()
  const manifest = repository.addManifest([])
  repository.tag(manifest.digest, manifest)
  return { repository, manifest, digest: manifest.digest }
}
type Published = ReturnType<typeof published>

function judge({ repository, digest }: Published, trust: Partial<Trust> = {}, more: Partial<VerifyRequest> = {}) {
  const everyone = { keys: [key], identities: [release], root: sigstore.root, ...trust }
  return verifyImage(
    { source: repository.source, reference: shop, digest, trust: everyone, attestations: true, ...more },
    AbortSignal.timeout(10_000),
  )
}

const codes = async (...call: Parameters<typeof judge>) => {
  const { status, signatures, attestations = [] } = await judge(...call)
  return [
    status,
    ...signatures.map(({ code, status }) => code ?? status),
    ...attestations.map(({ code, status }) => `attestation ${code ?? status}`),
  ]
}

describe('an image is verified with', () => {
  test.each<[string, BundleOptions]>([
    ['a statement of cosign 3, without a key', {}],
    ['a statement of cosign 3, by key', { key }],
    ['a statement of cosign 3, in Rekor version 2', { rekor: 2 }],
  ])('%s', async (_, options) => {
    const image = published()
    attachBundle(image.repository, image.manifest, await envelopeBundle(sigstore, signStatement(image.digest), options))
    const result = await judge(image)
    expect(result).toMatchObject({ status: 'verified', signatures: [{ form: 'bundle' }] })
    expect(result.attestations).toBeUndefined()
  })

  test.each<[string, BundleOptions]>([
    ['without a key', {}],
    ['by key', { key }],
  ])('a signature over its manifest, %s', async (_, options) => {
    const image = published()
    const bytes = await readBounded(image.repository.source, image.manifest, 10_000, AbortSignal.timeout(1000))
    attachBundle(image.repository, image.manifest, await messageBundle(sigstore, bytes, options))
    expect(await codes(image)).toEqual(['verified', 'verified'])
  })

  test('a bundle in a list that lacks the types', async () => {
    const image = published()
    attachBundle(image.repository, image.manifest, await envelopeBundle(sigstore, signStatement(image.digest)), { listed: 'untyped' })
    expect(await codes(image)).toEqual(['verified', 'verified'])
  })

  test.each<[string, BundleOptions]>([
    ['an entry of Rekor', {}],
    ['an entry of Rekor and a timestamp', { timestamp: true }],
  ])('cosign’s older tag, a certificate and %s', async (_, options) => {
    const image = published()
    await cosignKeyless(image.repository, sigstore, image.digest, options)
    expect(await judge(image)).toMatchObject({
      status: 'verified',
      signatures: [{ form: 'cosign-tag', signer: 'workflow', signedAt: sigstore.now }],
    })
  })

  test('cosign’s older tag, a key and an entry of Rekor, where the policy asks for one', async () => {
    const image = published()
    const keys = [{ name: 'release', pem: key.pem, transparencyLog: 'required' as const }]
    await cosignKeyless(image.repository, sigstore, image.digest, { key })
    expect(await codes(image, { keys })).toEqual(['verified', 'verified'])
    await cosignKeyless(image.repository, sigstore, image.digest, { key, rekor: 0 })
    expect(await codes(image, { keys })).toEqual(['untrusted', 'log-entry-missing'])
    await cosignKeyless(image.repository, other, image.digest, { key })
    expect(await codes(image, { keys })).toEqual(['invalid', 'inclusion-promise'])
  })

  test('one good signature among forms and strangers', async () => {
    const image = published()
    cosignSign(image.repository, image.digest, { key: ecdsaKey('stranger') })
    attachBundle(image.repository, image.manifest, await envelopeBundle(other, signStatement(image.digest)))
    attachBundle(image.repository, image.manifest, await envelopeBundle(sigstore, signStatement(image.digest)))
    expect(await codes(image)).toEqual(['verified', 'unknown-key', 'unknown-authority', 'verified'])
  })
})

describe('an image is not verified with', () => {
  test('a statement of cosign 3 about another image', async () => {
    const image = published()
    attachBundle(image.repository, image.manifest, await envelopeBundle(sigstore, signStatement(sha256('another'))))
    expect(await codes(image)).toEqual(['invalid', 'statement-subject'])
  })
  test('a signature over another manifest', async () => {
    const image = published()
    attachBundle(image.repository, image.manifest, await messageBundle(sigstore, Buffer.from('another')))
    expect(await codes(image)).toEqual(['invalid', 'artifact-digest'])
  })
  test('a certificate of an instance that nobody trusts, or for somebody whom nobody named', async () => {
    const image = published()
    await cosignKeyless(image.repository, other, image.digest)
    expect(await codes(image)).toEqual(['untrusted', 'unknown-authority'])
    await cosignKeyless(image.repository, sigstore, image.digest, { certificate: { issuer: 'https://issuer.example' } })
    expect(await codes(image)).toEqual(['untrusted', 'unknown-identity'])
  })
  test.each([
    ['certificate', { 'dev.sigstore.cosign/certificate': 'no PEM' }],
    ['log', { 'dev.sigstore.cosign/bundle': '{"Payload":{}}' }],
    ['timestamp', { 'dev.sigstore.cosign/rfc3161timestamp': 'null' }],
  ])('a %s annotation that does not parse', async (_, annotations) => {
    const image = published()
    await cosignKeyless(image.repository, sigstore, image.digest, {}, annotations)
    expect(await codes(image)).toEqual(['invalid', 'annotation-malformed'])
  })
  test('an artifact that has the type of a bundle and holds none', async () => {
    const image = published()
    const layer = image.repository.add('{}', 'application/json')
    image.repository.addManifest([layer], { artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json', subject: image.manifest })
    expect(await codes(image)).toEqual(['invalid', 'bundle-absent'])
  })
  test.each(['application/spdx+json', undefined])('an SBOM that refers to it, of type %s: it is unsigned', async (artifactType) => {
    const image = published()
    const layer = image.repository.add('{}', 'application/spdx+json')
    image.repository.addManifest([layer], { ...(artifactType && { artifactType }), subject: image.manifest })
    expect(await codes(image)).toEqual(['unsigned'])
  })
  test('an SBOM below cosign’s older tag: it is unsigned, and that is said', async () => {
    const image = published()
    const tag = `${image.digest.replace(':', '-')}.sbom`
    image.repository.tag(tag, image.repository.addManifest([image.repository.add('{}', 'text/spdx+json')]))
    const message = 'no signature for this digest; the SBOM below its tag is signed by nobody'
    expect(await judge(image)).toEqual({ status: 'unsigned', message, signatures: [] })
    image.repository.fail(`resolve ${tag}`, 'unreachable')
    expect(await judge(image)).toEqual({ status: 'unsigned', message: 'no signature for this digest', signatures: [] })
  })
  test('a keyless signature where there is no trusted root: that is an error', async () => {
    const image = published()
    await cosignKeyless(image.repository, sigstore, image.digest)
    const { root: _, ...rootless } = { keys: [], identities: [release], root: undefined }
    const judged = verifyImage(
      { source: image.repository.source, reference: shop, digest: image.digest, trust: rootless },
      AbortSignal.timeout(1000),
    )
    await expect(judged).rejects.toMatchObject({ name: 'VerificationError', code: 'unsupported' })
  })
})

describe('an attestation', () => {
  const sbom = 'https://spdx.dev/Document'
  test('does not count as a signature, whoever made it', async () => {
    const image = published()
    attachBundle(
      image.repository,
      image.manifest,
      await envelopeBundle(sigstore, statementAbout(image.digest, sbom, { spdxVersion: 'SPDX-2.3' })),
    )
    const result = await judge(image)
    expect(result).toMatchObject({ status: 'unsigned', message: 'no signature for this digest, though there is 1 attestation' })
    expect(result.attestations).toMatchObject([{ status: 'verified', predicateType: sbom, predicate: { spdxVersion: 'SPDX-2.3' } }])
  })
  test.each<[string, BundleOptions]>([
    ['without a key', {}],
    ['by key', { key }],
  ])('of cosign’s older tag is read: %s', async (_, options) => {
    const image = published()
    await cosignAttest(image.repository, sigstore, image.digest, statementAbout(image.digest, sbom, {}), options)
    expect(await codes(image)).toEqual(['unsigned', 'attestation verified'])
    expect(await codes(image, {}, { attestations: false })).toEqual(['unsigned'])
  })
  test.each<[string, BundleOptions, string]>([
    ['an entry of the kind that cosign wrote before 2023', { oldIntoto: true }, 'verified'],
    ['such an entry about another envelope', { oldIntoto: '{}' }, 'log-body'],
    ['such an entry of another kind', { oldIntoto: true, logKind: 'other 0.0.1' }, 'unsupported'],
  ])('of cosign’s older tag with %s', async (_, options, code) => {
    const image = published()
    await cosignAttest(image.repository, sigstore, image.digest, statementAbout(image.digest, sbom, {}), options)
    if (code === 'unsupported') await expect(judge(image)).rejects.toMatchObject({ code })
    else expect(await codes(image)).toEqual(['unsigned', `attestation ${code}`])
  })
  test('of cosign’s older tag with such an entry of another log', async () => {
    const image = published()
    const statement = statementAbout(image.digest, sbom, {})
    await cosignAttest(image.repository, sigstore, image.digest, statement, { oldIntoto: true, log: other.rekor })
    expect(await codes(image)).toEqual(['unsigned', 'attestation inclusion-promise'])
  })
  test('of a stranger keeps its predicate to itself', async () => {
    const image = published()
    attachBundle(image.repository, image.manifest, await envelopeBundle(other, statementAbout(image.digest, sbom, { secret: true })))
    const { attestations } = await judge(image)
    expect(attestations).toMatchObject([{ status: 'untrusted', code: 'unknown-authority', predicateType: sbom }])
    expect(attestations?.[0]).not.toHaveProperty('predicate')
  })
  test.each<[string, string | object, string]>([
    ['about another image', statementAbout(sha256('another'), sbom, {}), 'statement-subject'],
    ['with a payload type that lies', 'no statement', 'statement-malformed'],
  ])('%s is invalid, and does not make the signature so', async (_, payload, code) => {
    const image = published()
    attachBundle(image.repository, image.manifest, await envelopeBundle(sigstore, payload))
    await cosignAttest(image.repository, sigstore, image.digest, payload)
    expect(await codes(image)).toEqual(['unsigned', `attestation ${code}`, `attestation ${code}`])
  })
  test('below the older tag that calls itself a signature is none', async () => {
    const image = published()
    await cosignAttest(image.repository, sigstore, image.digest, signStatement(image.digest))
    expect(await codes(image)).toEqual(['unsigned', 'attestation verified'])
  })
})

describe('a threshold of two', () => {
  const threshold = 2
  test('needs two signers', async () => {
    const image = published()
    cosignSign(image.repository, image.digest, {}, {})
    expect(await judge(image, { threshold })).toMatchObject({
      status: 'untrusted',
      message: '1 of the 2 signers that are asked for: signed with key "release"',
    })
    attachBundle(image.repository, image.manifest, await envelopeBundle(sigstore, signStatement(image.digest)))
    expect((await judge(image, { threshold })).status).toBe('verified')
  })
})

describe('looking stops', () => {
  test('at the first good signature, where that is asked for', async () => {
    const image = published()
    cosignSign(image.repository, image.digest, {})
    await judge(image, {}, { stopWhenVerified: true, attestations: false })
    expect(image.repository.requests.filter((request) => request.startsWith('referrers'))).toEqual([])
  })
  test('and goes on to the next place, where there is none', async () => {
    const image = published()
    cosignSign(image.repository, image.digest, { key: ecdsaKey('stranger') })
    attachBundle(image.repository, image.manifest, await envelopeBundle(sigstore, signStatement(image.digest)))
    expect(await codes(image, {}, { stopWhenVerified: true, attestations: false })).toEqual(['verified', 'unknown-key', 'verified'])
  })
})

describe('what could not be read is an error, unless a signature is good', () => {
  test('a list of referrers that does not come', async () => {
    const image = published()
    image.repository.fail(`referrers ${image.digest}`, 'unreachable')
    await expect(judge(image)).rejects.toMatchObject({ code: 'unreachable' })
    cosignSign(image.repository, image.digest, {})
    expect((await judge(image)).status).toBe('verified')
  })
  test('a bundle that does not come', async () => {
    const image = published()
    const { layer } = attachBundle(image.repository, image.manifest, await envelopeBundle(sigstore, signStatement(image.digest)))
    image.repository.fail(`read ${layer.digest}`, 'unreachable')
    await expect(judge(image)).rejects.toMatchObject({ code: 'unreachable' })
  })
  test('a list of referrers that never ends', async () => {
    const image = published()
    const endless = (artifactType: string): ImageSource => ({
      ...image.repository.source,
      async *referrers() {
        for (let size = 0; ; size++) yield { mediaType: manifestMediaType, digest: sha256(`${size}`), size, artifactType }
      },
    })
    const judged = (artifactType: string) => judge(image, {}, { source: endless(artifactType) })
    await expect(judged('application/spdx+json')).rejects.toBeInstanceOf(VerificationError)
    await expect(judged('application/spdx+json')).rejects.toMatchObject({ code: 'too-many' })
  })
  test('more bundles than are looked at', async () => {
    const image = published()
    const bundle = await envelopeBundle(other, signStatement(image.digest))
    for (let count = 0; count <= 256; count++) attachBundle(image.repository, image.manifest, bundle)
    await expect(judge(image)).rejects.toMatchObject({ code: 'too-many' })
  })
  test('an entry of a kind that is not known', async () => {
    const image = published()
    const bundle = await envelopeBundle(sigstore, signStatement(image.digest), { logKind: 'intoto 0.0.1' })
    attachBundle(image.repository, image.manifest, bundle)
    await expect(judge(image)).rejects.toMatchObject({ name: 'VerificationError', code: 'unsupported' })
  })
})
