import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { UsageError } from '../../src/findings.ts'
import { createHttp, type HttpClient } from '../../src/http.ts'
import type { Cache } from '../../src/oci/cache.ts'
import { parseCacheKey } from '../../src/oci/cache-key.ts'
import { registrySenders } from '../../src/oci/registry-auth.ts'
import { registryCache } from '../../src/oci/registry-cache.ts'
import { digestOf } from '../builders/image.ts'
import { fail, startRegistry, type TestRegistry } from '../builders/registry.ts'

const pem = (key: KeyObject) => key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString()
const [team, stranger] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')]
const { signal } = new AbortController()
const bytes = Buffer.from('evidence of a layer')

let registry: TestRegistry
let http: HttpClient
let notes: string[]
beforeEach(async () => {
  registry = await startRegistry()
  http = createHttp({ sleep: async () => {} })
  notes = []
})
afterEach(async () => {
  http.close()
  await registry.close()
})

/** As another machine has it: nothing is remembered from one to the next. */
function cacheOf(key: KeyObject = team.privateKey, repository = 'acme/cache'): Cache {
  const sender = () => registrySenders(http).senderFor(registry.host, repository)
  return registryCache({
    registry: registry.host,
    repository,
    key: parseCacheKey(pem(key), 'key'),
    senders: { read: sender(), write: sender() },
    signal,
    note: (message) => void notes.push(message.replace(registry.host, 'HOST')),
  })
}

const tags = () => [...registry.tags.keys()]
const manifestOf = (tag: string) => JSON.parse(Buffer.from(registry.blobs.get(registry.tags.get(tag) ?? '') ?? []).toString())
/** Puts another manifest under the tag, as whoever may push can. */
function replace(tag: string, manifest: unknown): void {
  const [repository = '', name = ''] = tag.split(':')
  registry.pushManifest(repository, name, 'application/vnd.oci.image.manifest.v1+json', Buffer.from(JSON.stringify(manifest)))
}

describe('an entry', () => {
  test.each([
    ['Ed25519', team],
    ['ECDSA P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['ECDSA P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
  ])('that is signed with %s is had by another machine, with the public key too', async (_, { privateKey, publicKey }) => {
    await cacheOf(privateKey).write('layer 1', bytes)
    expect(Buffer.from((await cacheOf(privateKey).read('layer 1')) ?? [])).toEqual(bytes)
    expect(Buffer.from((await cacheOf(publicKey).read('layer 1')) ?? [])).toEqual(bytes)
    expect(await cacheOf(privateKey).read('layer 2')).toBeUndefined()
  })

  test('is an artifact under a tag of its own, and written over by the next', async () => {
    await cacheOf().write('layer 1', bytes)
    await cacheOf().write('layer 1', Buffer.from('newer'))
    expect(tags()).toEqual([expect.stringMatching(/^acme\/cache:evidence-[0-9a-f]{64}$/u)])
    expect(manifestOf(tags()[0] ?? '')).toMatchObject({
      artifactType: 'application/vnd.portcullis.evidence.v1',
      layers: [{ digest: digestOf(Buffer.from('newer')), size: 5 }],
    })
    expect(Buffer.from((await cacheOf().read('layer 1')) ?? []).toString()).toBe('newer')
  })

  test('that is too large is not written', async () => {
    await cacheOf().write('layer 1', Buffer.alloc(64 * 1024 * 1024 + 1))
    expect([tags(), notes]).toEqual([[], []])
  })
})

describe('a cache that lies costs time and no more:', () => {
  const other = Buffer.from('all is well with this layer')
  beforeEach(async () => {
    await cacheOf().write('layer 1', bytes)
    await cacheOf().write('layer 2', other)
  })
  const tagOf = (content: Uint8Array) => tags().find((tag) => manifestOf(tag).layers[0].digest === digestOf(content)) ?? ''
  const blobOf = (content: Uint8Array) => ({ ...manifestOf(tagOf(bytes)).layers[0], digest: digestOf(content), size: content.length })

  test.each<[string, () => void, RegExp]>([
    ['other bytes with the digest of what was signed', () => registry.blobs.set(digestOf(bytes), other), /has an entry that is none/u],
    ['bytes cut short', () => registry.blobs.set(digestOf(bytes), bytes.subarray(0, 5)), /has an entry that is none/u],
    [
      'other bytes with a digest of their own',
      () => {
        const forged = Buffer.from('forged')
        registry.blobs.set(digestOf(forged), forged)
        replace(tagOf(bytes), { ...manifestOf(tagOf(bytes)), layers: [blobOf(forged)] })
      },
      /did not sign/u,
    ],
    ['the entry of another layer', () => replace(tagOf(bytes), manifestOf(tagOf(other))), /did not sign/u],
    ['an entry without a signature', () => replace(tagOf(bytes), { ...manifestOf(tagOf(bytes)), annotations: {} }), /is none/u],
    [
      'a signature that is none',
      () => replace(tagOf(bytes), { ...manifestOf(tagOf(bytes)), annotations: { 'dev.portcullis.evidence.signature': 'AAAA' } }),
      /did not sign/u,
    ],
    ['an image', () => replace(tagOf(bytes), { ...manifestOf(tagOf(bytes)), artifactType: undefined }), /is none/u],
    ['two layers', () => replace(tagOf(bytes), { ...manifestOf(tagOf(bytes)), layers: [blobOf(bytes), blobOf(other)] }), /is none/u],
    [
      'an entry that says that it is endless',
      () => replace(tagOf(bytes), { ...manifestOf(tagOf(bytes)), layers: [{ ...blobOf(bytes), size: 2 ** 40 }] }),
      /is none/u,
    ],
    ['what is no JSON', () => void registry.blobs.set(registry.tags.get(tagOf(bytes)) ?? '', Buffer.from('<html>')), /is none/u],
  ])('%s is not used, and said once', async (_, spoil, said) => {
    spoil()
    const cache = cacheOf()
    expect([await cache.read('layer 1'), await cache.read('layer 1')]).toEqual([undefined, undefined])
    expect(notes).toEqual([expect.stringMatching(said)])
    // What else it has is used as before.
    expect(Buffer.from((await cache.read('layer 2')) ?? [])).toEqual(other)
  })

  test('an entry that somebody else has signed is not used', async () => {
    await cacheOf(stranger.privateKey).write('layer 1', other)
    expect(await cacheOf().read('layer 1')).toBeUndefined()
    expect(notes).toEqual([
      expect.stringMatching(/^the cache HOST\/acme\/cache has an entry that the key sha256:\w{12} did not sign: it is not used$/u),
    ])
  })
})

describe('a registry', () => {
  test('that takes nothing is read alone, and asked to take something once', async () => {
    await cacheOf().write('layer 1', bytes)
    registry.writable = false
    const cache = cacheOf()
    const before = registry.seen.length
    await cache.write('layer 2', Buffer.from('a'))
    const asked = registry.seen.length - before
    await cache.write('layer 3', Buffer.from('b'))
    expect(registry.seen.length - before).toBe(asked)
    expect(notes).toEqual([
      expect.stringMatching(/^the cache HOST\/acme\/cache is not written: pushing sha256:.* answered 403 \("DENIED"\)$/u),
    ])
    expect(Buffer.from((await cache.read('layer 1')) ?? [])).toEqual(bytes)
  })

  test.each([401, 429, 500])('that answers %i is asked for nothing more', async (status) => {
    registry.intercept = (_, response) => {
      fail(response, status, 'NO')
      return true
    }
    const cache = cacheOf()
    expect(await cache.read('layer 1')).toBeUndefined()
    const before = registry.seen.length
    expect(await cache.read('layer 2')).toBeUndefined()
    expect([registry.seen.length - before, notes.length, before <= 2]).toEqual([0, 1, true])
  })

  test('is not written to with a public key, which is said', async () => {
    const cache = cacheOf(team.publicKey)
    await cache.write('layer 1', bytes)
    expect([registry.seen.length, notes]).toEqual([0, ['the cache HOST/acme/cache is read and not written: the key is public']])
  })
})

describe('a key', () => {
  const encrypted = team.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' }).toString()
  test.each([
    ['no key', 'hello'],
    ['one that is encrypted', encrypted],
    ['one of another kind', pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)],
    ['one on another curve', pem(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey)],
  ])('that is %s is a wrong call, and is not shown', (_, text) => {
    expect(() => parseCacheKey(text, '--cache-key')).toThrow(UsageError)
    expect(() => parseCacheKey(text, '--cache-key')).toThrow(
      /^--cache-key: expected (?:an Ed25519 key, or an ECDSA key|one PEM block) [^/]*$/u,
    )
  })
})
