/** The image of our own, built as the release builds it, on a base that is made here: no test reaches a registry elsewhere. */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHttp } from '../../src/http.ts'
import { openImages } from '../../src/oci/image.ts'
import { readLayer } from '../../src/oci/layer.ts'
import { openSource } from '../../src/oci/sources.ts'
import { version } from '../../src/version.ts'
import { reportOf } from '../builders/command.ts'
import { findProgram, missingPrograms, needs, run } from '../builders/programs.ts'
import { type RealRegistry, realRegistryPrograms, startRealRegistry } from '../builders/real-registry.ts'

test('the Dockerfile names its base by digest and passes our own rules', async () => {
  const { report, status } = await reportOf(['check', 'Dockerfile', '--checks', 'manifests', '--offline'])
  expect({ status, findings: report.findings, gaps: report.gaps }).toEqual({ status: 0, findings: [], gaps: [] })
})

const programs = ['buildah', 'ldd', ...realRegistryPrograms]
const canBuild = process.getuid?.() === 0 && missingPrograms(...programs).length === 0

describe.skipIf(!canBuild)(`the image that is built${needs(...programs, 'root')}`, () => {
  let directory: string
  let registry: RealRegistry
  let store: readonly string[]
  const buildah = async (...call: string[]) => (await run('buildah', [...store, ...call], { timeout: 300_000 })).trim()

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'portcullis-image-'))
    store = ['--root', join(directory, 'store'), '--runroot', join(directory, 'run'), '--storage-driver', 'vfs']
    registry = await startRealRegistry(directory)
    await writeFile(join(directory, 'policy.json'), JSON.stringify({ default: [{ type: 'insecureAcceptAnything' }] }))
    // Node, git and a shell, with the libraries that they load, are all of the base that the Dockerfile asks for.
    const own = [process.execPath, findProgram('git') ?? '', '/bin/sh']
    const libraries = new Set((await Promise.all(own.map((program) => run('ldd', [program])))).join('').match(/\/\S+(?= \(0x)/gu))
    const root = join(directory, 'root')
    const copies: [string, string][] = [
      [process.execPath, '/usr/bin/node'],
      [findProgram('git') ?? '', '/usr/bin/git'],
      ['/bin/sh', '/bin/sh'],
      ...[...libraries].map((library): [string, string] => [library, library]),
    ]
    for (const [from, to] of copies) {
      await mkdir(join(root, dirname(to)), { recursive: true })
      await copyFile(from, join(root, to))
    }
    const container = await buildah('from', 'scratch')
    await buildah('copy', container, root, '/')
    await buildah('config', '--env', 'PATH=/usr/bin:/bin', container)
    const access = [
      '--authfile',
      join(registry.dockerConfig, 'config.json'),
      '--tls-verify=false',
      '--signature-policy',
      join(directory, 'policy.json'),
    ]
    await buildah('commit', '--disable-compression', ...access, container, `docker://${registry.host}/base:1`)
    const [, base = ''] = (await digestOf(`${registry.host}/base:1`)).split(':')
    const build = [
      '--isolation',
      'chroot',
      '--format',
      'oci',
      '--timestamp',
      '0',
      '--build-arg',
      `BASE=${registry.host}/base@sha256:${base}`,
    ]
    await buildah('build', ...access, ...build, '--tag', 'portcullis', '--file', 'Dockerfile', resolve('.'))
    await buildah('push', '--signature-policy', join(directory, 'policy.json'), 'portcullis', `oci:${directory}/layout:1`)
  }, 600_000)
  afterAll(async () => {
    await registry?.stop()
    if (directory) await rm(directory, { recursive: true, force: true })
  })

  async function digestOf(reference: string): Promise<string> {
    const environment = { DOCKER_CONFIG: registry.dockerConfig }
    const { report } = await reportOf(['verify', reference], { environment })
    return report.subjects[0]?.digest ?? ''
  }

  test('runs the command as a user without rights, and knows git', async () => {
    const container = await buildah('from', '--signature-policy', join(directory, 'policy.json'), 'portcullis')
    const inside = (...call: string[]) => buildah('run', '--isolation', 'chroot', '--user', '65532:65532', container, '--', ...call)
    expect(await inside('node', '/opt/portcullis/dist/cli.js', '--version')).toBe(version)
    expect(await inside('sh', '-c', 'command -v git')).toBe('/usr/bin/git')
  })

  test('has dist/ and the licence besides its base, and nothing that its user may write', async () => {
    const [http, signal] = [createHttp({ offline: true }), AbortSignal.timeout(60_000)]
    const { source, reference } = await openSource(`oci:${directory}/layout:1`, { http, signal })
    const [image] = await openImages(source, reference, 'linux/amd64', signal)
    expect(image?.config).toMatchObject({
      user: '65532:65532',
      entrypoint: ['node', '--max-semi-space-size=2', '/opt/portcullis/dist/cli.js'],
    })
    const own = image?.layers.at(-1)?.descriptor
    if (!own) throw new Error('the image has no layer')
    const files: string[] = []
    await readLayer(source.read(own, signal), own.mediaType, ({ path, type, mode, uid }) => {
      if (type !== 'directory') files.push(`${path} ${type} ${(mode & 0o022).toString(8)} ${uid}`)
      return undefined
    })
    http.close()
    // What `RUN` needs to reach a network, buildah leaves behind.
    const expected = /^(?:opt\/portcullis\/(?:LICENSE|dist\/\S+)|etc\/(?:hostname|hosts|resolv\.conf)) file 0 0$/u
    const others = files.filter((line) => !expected.test(line))
    expect([others, files.length > 10]).toEqual([[], true])
  })
})
