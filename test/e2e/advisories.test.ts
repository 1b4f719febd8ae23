import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildImages } from '../../scripts/demo/images.ts'
import { databaseMediaType } from '../../src/gate/pull-advisories.ts'
import { folderOf, portcullis, reportOf } from '../builders/command.ts'
import { digestOf } from '../builders/image.ts'
import { startRegistry, type TestRegistry } from '../builders/registry.ts'

const records = 'examples/storefront/advisories'
const image = 'oci:examples/storefront/.images/registry.company.com/shop/search:2.7.0'

let directory: string
let remove: () => Promise<void>
let registry: TestRegistry
beforeAll(async () => {
  await buildImages('examples/images', 'examples/storefront/.images')
  ;({ directory, remove } = await folderOf({}))
  registry = await startRegistry()
})
afterAll(async () => {
  await registry.close()
  await remove()
})

const build = (output: string, ...sources: string[]) => portcullis(['advisories', 'build', '--output', output, ...sources, '--offline'])

describe('a local database', () => {
  test('is made of a folder, says what it holds, and gives the findings that the folder gives', async () => {
    const database = join(directory, 'a.db')
    expect(await build(database, records)).toMatchObject({ status: 0, output: expect.stringContaining('records    3 for 2 packages') })
    const info = await portcullis(['advisories', 'info', database, '--format', 'json'])
    expect(JSON.parse(info.output)).toMatchObject({ records: 3, ecosystems: [{ name: 'Alpine:v3.20', records: 3 }] })
    const [fromFolder, fromDatabase] = await Promise.all(
      [records, database].map((source) => reportOf(['scan', image, '--offline', '--advisories', source])),
    )
    expect(fromDatabase?.report.findings).toEqual(fromFolder?.report.findings)
  })

  test('is not replaced by a worse one', async () => {
    const database = join(directory, 'b.db')
    await build(database, records)
    const before = await readFile(database)
    const empty = join(directory, 'empty')
    await mkdir(empty)
    expect((await build(database, empty)).status).toBe(2)
    expect(await readFile(database)).toEqual(before)
  })

  test('that is no database is a wrong call', async () => {
    expect(await portcullis(['advisories', 'info', 'README.md'])).toMatchObject({ status: 2, output: '' })
  })
})

describe('a database in a registry', () => {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = () => join(directory, 'release.pub')
  const push = async (tag: string, signed: boolean) => {
    const database = join(directory, `${tag}.db`)
    await build(database, records)
    const bytes = await readFile(database)
    const config = Buffer.from('{}')
    for (const blob of [bytes, config]) registry.blobs.set(digestOf(blob), blob)
    const descriptor = (mediaType: string, blob: Uint8Array) => ({ mediaType, digest: digestOf(blob), size: blob.length })
    const manifestType = 'application/vnd.oci.image.manifest.v1+json'
    const manifest = (layers: object[]) =>
      Buffer.from(
        JSON.stringify({
          schemaVersion: 2,
          mediaType: manifestType,
          config: descriptor('application/vnd.oci.empty.v1+json', config),
          layers,
        }),
      )
    const artifact = registry.pushManifest('acme/advisories', tag, manifestType, manifest([descriptor(databaseMediaType, bytes)]))
    if (!signed) return
    const payload = Buffer.from(
      JSON.stringify({
        critical: {
          identity: { 'docker-reference': '' },
          image: { 'docker-manifest-digest': artifact.digest },
          type: 'cosign container image signature',
        },
        optional: null,
      }),
    )
    registry.blobs.set(digestOf(payload), payload)
    const annotations = { 'dev.cosignproject.cosign/signature': sign('sha256', payload, keys.privateKey).toString('base64') }
    const layer = { ...descriptor('application/vnd.dev.cosign.simplesigning.v1+json', payload), annotations }
    registry.pushManifest('acme/advisories', `${artifact.digest.replace(':', '-')}.sig`, manifestType, manifest([layer]))
  }
  const pull = (tag: string, output: string, ...more: string[]) =>
    portcullis(['advisories', 'pull', `${registry.host}/acme/advisories:${tag}`, '--output', join(directory, output), ...more])

  beforeAll(async () => {
    await writeFile(key(), keys.publicKey.export({ type: 'spki', format: 'pem' }))
  })

  test('is fetched when the key signed it, and kept by its digest', async () => {
    await push('signed', true)
    expect(await pull('signed', 'pulled.db', '--key', key())).toMatchObject({
      status: 0,
      output: expect.stringMatching(/^pulled sha256:/u),
    })
    expect(await pull('signed', 'pulled.db', '--key', key())).toMatchObject({ status: 0, output: expect.stringMatching(/^kept sha256:/u) })
    expect((await reportOf(['scan', image, '--offline', '--advisories', join(directory, 'pulled.db')])).status).toBe(1)
  })

  test.each([
    ['nobody signed it', false, true],
    ['nobody is trusted', true, false],
  ])('is not used where %s, and nothing is left behind', async (_, signed, trusted) => {
    const tag = `case-${signed}`
    await push(tag, signed)
    expect(await pull(tag, `${tag}-out.db`, ...(trusted ? ['--key', key()] : []))).toMatchObject({
      status: 2,
      errors: expect.stringContaining('somebody who is trusted'),
    })
    await expect(stat(join(directory, `${tag}-out.db`))).rejects.toThrow('ENOENT')
  })
})
