/** The command that attests verdicts, against Debian's registry. */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHttp } from '../../src/http.ts'
import { environmentCredentials } from '../../src/oci/credential-helper.ts'
import { registrySenders } from '../../src/oci/registry-auth.ts'
import { openSource } from '../../src/oci/sources.ts'
import { collectBytes } from '../../src/oci/verified.ts'
import { buildImage, writeLayout } from '../builders/image.ts'
import { missingPrograms, needs, run } from '../builders/programs.ts'
import { type RealRegistry, realRegistryPrograms, startRealRegistry } from '../builders/real-registry.ts'
import { finding, image, report } from '../builders/report.ts'
import { type Folder, temporaryFolder } from '../builders/tree.ts'

const cli = new URL('../../src/cli.ts', import.meta.url).pathname

let folder: Folder
beforeAll(() => {
  folder = temporaryFolder({
    'pass.json': JSON.stringify(report({ subjects: [image(), image({ platform: 'linux/arm64' })] })),
    'block.json': JSON.stringify(report({ subjects: [image()], findings: [finding()] })),
    'broken.json': '{"schema":"portcullis.report/v1"}',
  })
})
afterAll(() => folder[Symbol.dispose]())
const at = (name: string) => join(folder.path, name)

describe('statements and predicates', () => {
  test('are written for each image, as cosign takes them', async () => {
    expect(await portcullis(['attest', at('pass.json'), '--statements', at('verdicts')])).toMatchObject({ status: 0, errors: '' })
    const name = `sha256-${'1a'.repeat(32)}`
    expect(readdirSync(at('verdicts')).sort()).toEqual([`${name}.json`, `${name}.predicate.json`])
    const [statement, predicate] = [`${name}.json`, `${name}.predicate.json`].map((each) =>
      JSON.parse(readFileSync(at(`verdicts/${each}`), 'utf8')),
    )
    expect(statement.predicate).toEqual(predicate)
    expect(predicate.report).toEqual(JSON.parse(readFileSync(at('pass.json'), 'utf8')))
  })

  test('of a report that blocks are written, and the call fails as the report does', async () => {
    expect(await portcullis(['attest', at('block.json'), '--statements', at('blocked'), '--image-only'])).toMatchObject({ status: 1 })
    const text = readFileSync(at(`blocked/sha256-${'1a'.repeat(32)}.json`), 'utf8')
    expect([JSON.parse(text).predicate.imageVerdict, text.includes('Deployment/default/shop')]).toEqual(['pass', false])
  })

  test.each([
    ['of nothing', ['attest', 'pass.json'], 2, 'neither --push nor --statements'],
    ['of a report that is not there', ['attest', 'absent.json', '--push', 'all'], 2, 'ENOENT'],
    ['of a report that is none', ['attest', 'broken.json', '--push', 'all'], 3, 'the report is not one'],
    ['without a network', ['attest', 'pass.json', '--push', 'ghcr.io/acme', '--offline'], 3, 'because of --offline'],
    ['for a prefix that is empty', ['attest', 'block.json', '--push='], 1, ''],
    [
      'below a prefix that no image has',
      ['attest', 'pass.json', '--push', 'ghcr.io/other'],
      0,
      'no image of the report is below "ghcr.io/other"',
    ],
  ])('%s end with their status', async (_, [command = '', file = '', ...rest], status, said) => {
    const result = await portcullis([command, at(file), ...rest])
    expect(result.status).toBe(status)
    expect(result.errors).toContain(said)
  })
})

const programs = [...realRegistryPrograms, 'skopeo']
describe.skipIf(missingPrograms(...programs).length > 0)(`with a registry${needs(...programs)}`, () => {
  const built = buildImage({ layers: [{ files: { 'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.3\n' } }] })
  let registry: RealRegistry
  beforeAll(async () => {
    registry = await startRealRegistry(folder.path)
    await writeLayout(at('layout'), { entries: [{ descriptor: built.descriptor, tag: '1' }], blobs: built.blobs })
    const target = ['--preserve-digests', '--dest-tls-verify=false', '--dest-creds', registry.user]
    await run('skopeo', ['--insecure-policy', 'copy', ...target, `oci:${at('layout')}:1`, `docker://${registry.host}/acme/shop:1`])
  })
  afterAll(() => registry?.stop())

  test('the verdict is attached to the image, and the image is as unsigned as before', async () => {
    const environment = { DOCKER_CONFIG: registry.dockerConfig }
    const reference = `${registry.host}/acme/shop:1`
    folder.write({ 'report.json': JSON.stringify(report({ subjects: [image({ reference, digest: built.descriptor.digest })] })) })
    const attested = await portcullis(['attest', at('report.json'), '--push', `${registry.host}/acme`], environment)
    expect([attested.status, attested.errors]).toEqual([0, ''])
    const [name, digest] = attested.output.trim().split(' ')
    expect(name).toBe(`${reference}@${built.descriptor.digest}`)

    const [http, signal] = [createHttp(), AbortSignal.timeout(20_000)]
    const { source } = await openSource(reference, { http, signal, ...registrySenders(http, environmentCredentials(environment)) })
    const [listed, ...more] = await Array.fromAsync(source.referrers(built.descriptor.digest, signal))
    expect([listed?.digest, more]).toEqual([digest, []])
    if (!listed) throw new Error('nothing is listed')
    const manifest = JSON.parse((await collectBytes(source.read(listed, signal), 1e6, 'manifest')).toString())
    const statement = JSON.parse((await collectBytes(source.read(manifest.layers[0], signal), 1e6, 'statement')).toString())
    expect(statement.subject).toEqual([{ name: reference, digest: { sha256: built.descriptor.digest.slice(7) } }])
    expect(statement.predicate.report).toEqual(JSON.parse(readFileSync(at('report.json'), 'utf8')))
    http.close()

    const verify = await portcullis(['verify', reference], environment)
    expect([verify.status, verify.output.includes('unsigned')]).toEqual([1, true])
  })

  test('without the right to push nothing is attached, and the call is incomplete', async () => {
    const attested = await portcullis(['attest', at('report.json'), '--push', 'all'], { DOCKER_CONFIG: '/nowhere', HOME: '/nowhere' })
    expect([attested.status, attested.output]).toEqual([3, ''])
    expect(attested.errors).toMatch(/^portcullis: the verdict of "127.*acme\/shop:1" \(sha256:.*\) was not attested: .*asks for a user/u)
  })
})

function portcullis(call: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [cli, ...call], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
    timeout: 30_000,
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
