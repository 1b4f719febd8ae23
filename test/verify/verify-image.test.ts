import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/findings.ts'
import { RegistryError } from '../../src/oci/errors.ts'
import { VerificationError } from '../../src/verify/errors.ts'
import { verifyImage } from '../../src/verify/verify-image.ts'
import { type MemoryRepository, manifestMediaType, memoryRepository, sha256, shop } from '../builders/memory-repository.ts'
import { type CosignSignature, cosignLayer, cosignSign, ecdsaKey, ed25519Key, rsaKey } from '../builders/signing.ts'

const release = ecdsaKey('release')
const stranger = ecdsaKey('stranger')
const digest = sha256('the image')
const sigTag = `${digest.replace(':', '-')}.sig`

function judge(repository: MemoryRepository, keys = [release as { name: string; pem: string }]) {
  return verifyImage({ source: repository.source, reference: shop, digest, trust: { keys } }, AbortSignal.timeout(10_000))
}

async function judgeSigned(...signatures: readonly Partial<CosignSignature>[]) {
  const repository = memoryRepository()
  cosignSign(repository, digest, ...signatures)
  const { status, signatures: checks } = await judge(repository)
  return [status, ...checks.map(({ code, status }) => code ?? status)]
}

test('an image with a signature by a trusted key is verified, and says whose key it was', async () => {
  const repository = memoryRepository()
  cosignSign(repository, digest, {})
  const good = { status: 'verified', message: 'signed with key "release"', signer: 'release', form: 'cosign-tag' }
  expect(await judge(repository)).toEqual({ status: 'verified', message: good.message, signatures: [good] })
})

test('only the digest’s own tag is looked at, once, and not the tag of the image', async () => {
  const repository = memoryRepository()
  cosignSign(repository, digest, {})
  await judge(repository)
  expect(repository.requests.filter((request) => request.startsWith('resolve'))).toEqual([`resolve ${sigTag}`])
})

test.each([
  ['ECDSA P-256', ecdsaKey('k', 'P-256')],
  ['ECDSA P-384', ecdsaKey('k', 'P-384')],
  ['ECDSA P-521', ecdsaKey('k', 'P-521')],
  ['ECDSA P-384 with SHA-256, as cosign makes it', ecdsaKey('k', 'P-384', 'sha256')],
  ['RSA PKCS#1 v1.5', rsaKey('k', 'pkcs1')],
  ['RSA PKCS#1 v1.5 with SHA-512', rsaKey('k', 'pkcs1', 'sha512')],
  ['RSA PSS', rsaKey('k', 'pss')],
  ['Ed25519', ed25519Key('k')],
])('a signature by %s is verified, and not under another key of its kind', async (_, key) => {
  const repository = memoryRepository()
  cosignSign(repository, digest, { key })
  expect((await judge(repository, [release, key])).status).toBe('verified')
  expect((await judge(repository, [release, ed25519Key('other'), ecdsaKey('other', 'P-384')])).status).toBe('untrusted')
})

describe('a signature that is right except for', () => {
  const latin = `{"critical":{"type":"cosign container image signature","identity":{"docker-reference":"\xff"},"image":{"docker-manifest-digest":"${digest}"}}}`
  const spaced = `${Buffer.from(release.sign(Buffer.from('x'))).toString('base64')} `
  test.each<[string, Partial<CosignSignature>, string, string]>([
    ['its key', { key: stranger }, 'untrusted', 'unknown-key'],
    [
      'the bytes that it covers',
      { signature: Buffer.from(release.sign(Buffer.from('other'))).toString('base64') },
      'untrusted',
      'unknown-key',
    ],
    ['the digest in its payload', { digest: sha256('another image') }, 'invalid', 'payload-digest'],
    ['the type in its payload', { type: 'atomic container signature' }, 'invalid', 'payload-type'],
    ['its payload, which is no JSON', { payload: '{"critical":' }, 'invalid', 'payload-malformed'],
    ['its payload, which is no UTF-8', { payload: Buffer.from(latin, 'latin1') }, 'invalid', 'payload-malformed'],
    ['its payload, which is JSON of another shape', { payload: '{"critical":{"image":[]}}' }, 'invalid', 'payload-malformed'],
    ['the alphabet of its base64', { signature: Buffer.alloc(64, 0xff).toString('base64url') }, 'invalid', 'signature-encoding'],
    ['a space after its base64', { signature: spaced }, 'invalid', 'signature-encoding'],
    ['bytes that are no signature', { signature: Buffer.from('signed!').toString('base64') }, 'invalid', 'signature-malformed'],
    ['the annotation, which is not there', { signature: null }, 'invalid', 'signature-absent'],
  ])('%s', async (_, options, status, code) => {
    expect(await judgeSigned(options)).toEqual([status, code])
  })
})

test('one good signature among bad ones is enough, wherever it stands', async () => {
  expect(await judgeSigned({ key: stranger }, { digest: sha256('other') }, {})).toEqual([
    'verified',
    'unknown-key',
    'payload-digest',
    'verified',
  ])
})

test('without a good one, an invalid signature says more than a stranger’s', async () => {
  expect(await judgeSigned({ key: stranger }, { digest: sha256('other') })).toEqual(['invalid', 'unknown-key', 'payload-digest'])
})

test('an image without the tag is unsigned', async () => {
  expect(await judge(memoryRepository())).toEqual({ status: 'unsigned', message: 'no signature for this digest', signatures: [] })
})

test('a layer of another media type is not a signature, though it is signed', async () => {
  expect(await judgeSigned({ mediaType: 'text/spdx+json' })).toEqual(['unsigned'])
})

test('a signature under the tag of another digest does not count', async () => {
  const repository = memoryRepository()
  cosignSign(repository, sha256('another image'), {})
  expect((await judge(repository)).status).toBe('unsigned')
})

test('no key at all trusts nobody', async () => {
  const repository = memoryRepository()
  cosignSign(repository, digest, {})
  expect((await judge(repository, [])).status).toBe('untrusted')
})

describe('what could not be read is an error, never unsigned', () => {
  test.each(['unauthorized', 'rate-limited', 'unreachable', 'malformed'] as const)('a registry that answers %s', async (code) => {
    const repository = memoryRepository()
    cosignSign(repository, digest, {})
    repository.fail(`resolve ${sigTag}`, code)
    await expect(judge(repository)).rejects.toMatchObject({ name: 'RegistryError', code })
  })

  test('a manifest that is not there though its tag is', async () => {
    const repository = memoryRepository()
    repository.tag(sigTag, { mediaType: manifestMediaType, digest: sha256('gone'), size: 4 })
    await expect(judge(repository)).rejects.toBeInstanceOf(RegistryError)
  })

  test.each(['not JSON', '[]', '{"layers":{}}', '{"layers":[{"digest":"sha256:00"}]}', '{"manifests":[]}'])(
    'a manifest that is none: %s',
    async (text) => {
      const repository = memoryRepository()
      repository.tag(sigTag, repository.add(text, manifestMediaType))
      await expect(judge(repository)).rejects.toMatchObject({ name: 'VerificationError', code: 'malformed' })
    },
  )

  test('a payload that does not come, unless another signature is good', async () => {
    const repository = memoryRepository()
    const good = cosignLayer(repository, { key: release, digest })
    const broken = cosignLayer(repository, { key: release, digest, payload: 'gone' })
    repository.fail(`read ${broken.digest}`, 'unreachable')
    repository.tag(sigTag, repository.addManifest([broken]))
    await expect(judge(repository)).rejects.toMatchObject({ code: 'unreachable' })
    repository.tag(sigTag, repository.addManifest([broken, good]))
    expect((await judge(repository)).status).toBe('verified')
  })

  test('a call that was given up', async () => {
    const { source } = memoryRepository()
    await expect(verifyImage({ source, reference: shop, digest, trust: { keys: [] } }, AbortSignal.abort())).rejects.toThrow('aborted')
  })
})

describe('bounds', () => {
  test('a payload of more than 64 KiB is not read', async () => {
    const repository = memoryRepository()
    cosignSign(repository, digest, { payload: ' '.repeat(64 * 1024 + 1) })
    await expect(judge(repository)).rejects.toMatchObject({ name: 'VerificationError', code: 'too-large' })
  })

  test('a payload that is longer than its descriptor says is not read to its end', async () => {
    const repository = memoryRepository()
    const layer = cosignLayer(repository, { key: release, digest, payload: ' '.repeat(64 * 1024 + 1) })
    repository.tag(sigTag, repository.addManifest([{ ...layer, size: 200 }]))
    await expect(judge(repository)).rejects.toMatchObject({ code: 'too-large' })
  })

  test('256 signatures are looked at; of 257 by strangers it cannot be said that none is good', async () => {
    const strangers = (count: number) => Array.from({ length: count }, () => ({ key: stranger }))
    expect(await judgeSigned(...strangers(255), {})).toContain('verified')
    expect(await judgeSigned(...strangers(256))).toContain('untrusted')
    await expect(judgeSigned(...strangers(257))).rejects.toBeInstanceOf(VerificationError)
    await expect(judgeSigned(...strangers(257))).rejects.toMatchObject({ code: 'too-many' })
  })
})

describe('a key that is none is a wrong call', () => {
  const privatePem = release.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  test.each([
    ['no PEM', 'release', 'expected one PEM block'],
    ['a private key', privatePem, 'expected one PEM block'],
    ['two keys', release.pem + stranger.pem, 'expected one PEM block'],
    ['a block of something else', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n', 'holds no public key'],
    ['a short RSA key', rsaKey('short', 'pkcs1', 'sha256', 1024).pem, '1024 bits is too short'],
  ])('%s', async (_, pem, message) => {
    const repository = memoryRepository()
    const judged = judge(repository, [{ name: 'keys/release.pub', pem }])
    await expect(judged).rejects.toBeInstanceOf(UsageError)
    await expect(judged).rejects.toThrow(`key "keys/release.pub": `)
    await expect(judged).rejects.toThrow(message)
  })
})
