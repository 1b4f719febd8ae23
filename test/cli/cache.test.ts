/** A cache in Debian's registry, between processes that share nothing else. */
import { spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { osvRecord } from '../builders/advisories.ts'
import { buildImage, writeLayout } from '../builders/image.ts'
import { apkDatabase } from '../builders/package-databases.ts'
import { missingPrograms, needs } from '../builders/programs.ts'
import { type RealRegistry, realRegistryPrograms, startRealRegistry } from '../builders/real-registry.ts'
import { type Folder, temporaryFolder } from '../builders/tree.ts'

const cli = new URL('../../src/cli.ts', import.meta.url).pathname

describe.skipIf(missingPrograms(...realRegistryPrograms).length > 0)(`a cache in a registry${needs(...realRegistryPrograms)}`, () => {
  let folder: Folder
  let registry: RealRegistry
  beforeAll(async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    folder = temporaryFolder({
      'key.pem': privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
      'key.pub': publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      'advisories/CVE-2024-1.json': JSON.stringify(
        osvRecord({ id: 'CVE-2024-1', name: 'other', events: ['introduced 0'], ecosystem: 'Alpine:v3.20' }),
      ),
    })
    const files = { 'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.3\n', 'lib/apk/db/installed': apkDatabase({ musl: '1.2.5-r0' }) }
    const image = buildImage({ layers: [{ files }, { files: { 'srv/a': 'b' } }] })
    await writeLayout(join(folder.path, 'layout'), { entries: [{ descriptor: image.descriptor, tag: '1' }], blobs: image.blobs })
    registry = await startRealRegistry(folder.path)
  })
  afterAll(async () => {
    await registry?.stop()
    folder[Symbol.dispose]()
  })

  const scan = async (key: string, environment: Record<string, string> = { DOCKER_CONFIG: registry.dockerConfig }) => {
    const cache = ['--cache', `oci://${registry.host}/acme/cache`, '--cache-key', join(folder.path, key)]
    const call = [
      'scan',
      `oci:${folder.path}/layout:1`,
      '--advisories',
      join(folder.path, 'advisories'),
      '--clamd',
      'none',
      '--format',
      'json',
      ...cache,
    ]
    const { status, output, errors } = await portcullis(call, { HOME: folder.path, ...environment })
    const { coverage, subjects } = JSON.parse(output)
    return { status, errors: errors.replaceAll(registry.host, 'HOST'), layers: coverage.layers, packages: subjects[0]?.packages }
  }

  test('is written by one and read by the next, with a private or a public key; without credentials it is done without', async () => {
    const read = { status: 0, errors: '', layers: { read: 2, cached: 0, shared: 0 }, packages: 1 }
    const cached = { ...read, layers: { read: 0, cached: 2, shared: 0 } }
    expect(await scan('key.pem')).toEqual(read)
    expect(await scan('key.pem')).toEqual(cached)
    expect(await scan('key.pub')).toEqual({
      ...cached,
      errors: 'portcullis: the cache HOST/acme/cache is read and not written: the key is public\n',
    })
    const { errors, ...rest } = await scan('key.pem', { DOCKER_CONFIG: '/nowhere' })
    expect({ ...rest, errors: '' }).toEqual(read)
    expect(errors).toMatch(
      /^portcullis: the cache HOST\/acme\/cache is not read: .*\nportcullis: the cache HOST\/acme\/cache is not written: .*\n$/u,
    )
  })
})

function portcullis(call: readonly string[], environment: Record<string, string>) {
  const child = spawn(process.execPath, [cli, ...call], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
    timeout: 60_000,
  })
  let [output, errors] = ['', '']
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  return new Promise<{ status: number | null; output: string; errors: string }>((resolve) => {
    child.on('close', (status) => resolve({ status, output, errors }))
  })
}
