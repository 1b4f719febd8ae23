/** Evidence of layers in a registry, for runs that share nothing else. */
import { generateKeyPairSync } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UsageError } from '../../src/findings.ts'
import { prepareCheck } from '../../src/gate/prepare.ts'
import { check } from '../../src/gate/run.ts'
import { createHttp } from '../../src/http.ts'
import { osvRecord } from '../builders/advisories.ts'
import { buildImage, digestOf } from '../builders/image.ts'
import { apkDatabase } from '../builders/package-databases.ts'
import { startRegistry, type TestRegistry } from '../builders/registry.ts'
import { type Folder, temporaryFolder } from '../builders/tree.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const files = { 'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.3\n', 'lib/apk/db/installed': apkDatabase({ openssl: '3.3.1-r0' }) }
const image = buildImage({ layers: [{ files }] })
const vector = { severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N' }] }
const record = osvRecord({ id: 'CVE-2024-1001', name: 'openssl', events: ['introduced 0'], ecosystem: 'Alpine:v3.20', with: vector })

let registry: TestRegistry
let folder: Folder
beforeEach(async () => {
  registry = await startRegistry()
  registry.push('acme/shop', '1', image)
  folder = temporaryFolder({
    'advisories/CVE-2024-1001.json': JSON.stringify(record),
    'tree/Dockerfile': `FROM ${registry.host}/acme/shop:1\nUSER 1000\n`,
  })
})
afterEach(async () => {
  await registry.close()
  folder[Symbol.dispose]()
})

async function judged(options: { readonly cache?: string; readonly cacheKey?: string }) {
  const notes: string[] = []
  const http = createHttp({ sleep: async () => {} })
  const host = {
    http,
    environment: {},
    now: new Date('2026-01-01'),
    signal: AbortSignal.timeout(30_000),
    note: (message: string) => void notes.push(message.replaceAll(registry.host, 'HOST')),
  }
  const call = { advisories: [`${folder.path}/advisories`], checks: 'images', ...options }
  const { report } = await check(await prepareCheck(`${folder.path}/tree`, call, host))
  http.close()
  const { coverage, ...rest } = report
  return { notes, layers: coverage.layers, rest }
}
const cache = () => `oci://${registry.host}/acme/cache`
const layersRead = () => {
  const [layer] = image.layers
  return registry.seen.filter(({ path }) => path.endsWith(`/acme/shop/blobs/${layer?.digest}`)).length
}

test('a second run reads no layer, and has the same findings', async () => {
  const first = await judged({ cache: cache(), cacheKey: pem })
  folder.write({ 'key.pub': publicKey.export({ type: 'spki', format: 'pem' }).toString() })
  const second = await judged({ cache: cache(), cacheKey: `${folder.path}/key.pub` })
  expect(first.rest.findings.map(({ rule }) => rule)).toContain('CVE-2024-1001')
  expect(second.rest).toEqual(first.rest)
  expect([first.layers, second.layers]).toEqual([
    { read: 1, cached: 0, shared: 0 },
    { read: 0, cached: 1, shared: 0 },
  ])
  expect([first.notes, second.notes.length, layersRead()]).toEqual([[], 1, 1])
})

test('an entry that was forged is read anew, and the findings are what they were', async () => {
  const first = await judged({ cache: cache(), cacheKey: pem })
  const [tag = ''] = [...registry.tags.keys()].filter((each) => each.startsWith('acme/cache:'))
  const manifest = JSON.parse(Buffer.from(registry.blobs.get(registry.tags.get(tag) ?? '') ?? []).toString())
  const forged = Buffer.from('nothing is in this layer')
  registry.blobs.set(digestOf(forged), forged)
  const layers = [{ ...manifest.layers[0], digest: digestOf(forged), size: forged.length }]
  registry.pushManifest(
    'acme/cache',
    tag.split(':')[1],
    'application/vnd.oci.image.manifest.v1+json',
    Buffer.from(JSON.stringify({ ...manifest, layers })),
  )
  const second = await judged({ cache: cache(), cacheKey: pem })
  expect(second.rest).toEqual(first.rest)
  expect([second.layers?.read, second.notes]).toEqual([1, [expect.stringContaining('did not sign')]])
})

test('without a key the cache is not used, and the verdict is the same', async () => {
  const plain = await judged({})
  const { rest, notes } = await judged({ cache: cache() })
  expect(rest).toEqual(plain.rest)
  expect(notes).toEqual(['--cache oci://HOST/acme/cache: is not used, there is no --cache-key: whoever can write there would be believed'])
  expect(registry.seen.filter(({ path }) => path.includes('/acme/cache/'))).toEqual([])
})

test('a registry that is gone costs a note, and the verdict is the same', async () => {
  const plain = await judged({})
  const { rest, notes } = await judged({ cache: 'oci://127.0.0.1:1/acme/cache', cacheKey: pem })
  expect(rest).toEqual(plain.rest)
  expect(notes).toEqual([expect.stringContaining('is not read'), expect.stringContaining('is not written')])
})

test.each(['oci://', 'oci://acme/cache:1', 'oci://HOST/Cache', `oci://HOST/cache@sha256:${'0'.repeat(64)}`])(
  '%s is a wrong call',
  async (name) => {
    await expect(judged({ cache: name.replace('HOST', registry.host), cacheKey: pem })).rejects.toThrow(UsageError)
    await expect(judged({ cache: name, cacheKey: pem })).rejects.toThrow(/^--cache "oci:/u)
  },
)

test('a key that cannot be read is a wrong call', async () => {
  await expect(judged({ cache: cache(), cacheKey: `${folder.path}/absent` })).rejects.toThrow(/^--cache-key: ENOENT/u)
})
