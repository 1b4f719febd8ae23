/** The same image through the tools and the registry that others use. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHttp, type HttpClient } from '../../src/http.ts'
import { environmentCredentials } from '../../src/oci/credential-helper.ts'
import { openImages } from '../../src/oci/image.ts'
import { readLayer } from '../../src/oci/layer.ts'
import { registrySenders } from '../../src/oci/registry-auth.ts'
import { openSource } from '../../src/oci/sources.ts'
import { listTags } from '../../src/oci/tags.ts'
import { buildImage, writeLayout } from '../builders/image.ts'
import { findProgram, freePort, missingPrograms, needs, run, startProgram } from '../builders/programs.ts'

const image = buildImage({
  layers: [
    {
      'etc/os-release': 'ID=test\n',
      'usr/': { directory: true },
      [`usr/${'long/'.repeat(40)}name`]: 'x',
      'bin/tool': { content: 'y'.repeat(200_000), mode: 0o4755 },
    },
    { 'usr/.wh.x': '', 'lib/l': { symlink: '../bin/tool' }, 'lib/h': { hardlink: 'etc/os-release' } },
  ],
})
const { signal } = new AbortController()

let directory: string
let http: HttpClient
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'tools-'))
  await writeLayout(path.join(directory, 'built'), { entries: [{ descriptor: image.descriptor, tag: '1' }], blobs: image.blobs })
  http = createHttp()
})
afterAll(async () => {
  http.close()
  await rm(directory, { recursive: true, force: true })
})

interface Pulled {
  readonly digest: string
  readonly diffIds: readonly (string | undefined)[]
  readonly mediaTypes: readonly string[]
  /** Path, type and content of every entry. */
  readonly entries: readonly string[]
}

async function pull(text: string, environment: Record<string, string> = {}): Promise<Pulled> {
  const { senderFor } = registrySenders(http, environmentCredentials(environment))
  const { source, reference, close } = await openSource(text, { http, signal, senderFor })
  try {
    const [found] = await openImages(source, reference, 'linux/amd64', signal)
    const entries: string[] = []
    for (const { descriptor } of found?.layers ?? []) {
      await readLayer(
        source.read(descriptor, signal),
        descriptor.mediaType,
        ({ path: name, type, mode, linkPath = '' }) =>
          async (body) => {
            let sizeBytes = 0
            for await (const piece of body) sizeBytes += piece.length
            entries.push([name, type, mode.toString(8), linkPath, sizeBytes].join(' '))
          },
      )
    }
    return {
      digest: found?.digest ?? '',
      diffIds: found?.layers.map(({ diffId }) => diffId) ?? [],
      mediaTypes: found?.layers.map(({ descriptor }) => descriptor.mediaType) ?? [],
      entries,
    }
  } finally {
    await close()
  }
}

const skopeo = (...parameters: string[]) => run('skopeo', ['--insecure-policy', ...parameters])

test.skipIf(missingPrograms('skopeo').length > 0)(`what skopeo copies has the same layers in every form${needs('skopeo')}`, async () => {
  const built = await pull(`oci:${directory}/built:1`)
  expect(built.diffIds).toEqual(image.diffIds)
  await skopeo('copy', `oci:${directory}/built:1`, `oci-archive:${directory}/oci.tar:1`)
  await skopeo('copy', `oci:${directory}/built:1`, `docker-archive:${directory}/docker.tar:acme/shop:1`)
  await skopeo(
    'copy',
    '--dest-compress',
    '--dest-compress-format',
    'zstd',
    '--dest-force-compress-format',
    `oci:${directory}/built:1`,
    `oci:${directory}/zstd:1`,
  ).catch(() =>
    skopeo(
      'copy',
      '--dest-compress',
      '--dest-compress-format',
      'zstd',
      `docker-archive:${directory}/docker.tar`,
      `oci:${directory}/zstd:1`,
    ),
  )
  expect(await pull(`oci-archive:${directory}/oci.tar`)).toEqual(built)
  for (const text of [
    `docker-archive:${directory}/docker.tar`,
    `docker-archive:${directory}/docker.tar:acme/shop:1`,
    `oci:${directory}/zstd:1`,
  ]) {
    const { diffIds, entries } = await pull(text)
    expect({ text, diffIds, entries }).toEqual({ text, diffIds: built.diffIds, entries: built.entries })
  }
  expect((await pull(`oci:${directory}/zstd:1`)).mediaTypes[0]).toMatch(/\+zstd$/)
})

test.skipIf(missingPrograms('docker-registry', 'skopeo', 'htpasswd').length > 0)(
  `a registry with a password gives what was pushed, and nothing without it${needs('docker-registry', 'skopeo', 'htpasswd')}`,
  async () => {
    const port = await freePort()
    const host = `127.0.0.1:${port}`
    await writeFile(path.join(directory, 'htpasswd'), await run('htpasswd', ['-Bbn', 'me', 's3cret']))
    const config = {
      version: 0.1,
      log: { level: 'error' },
      storage: { filesystem: { rootdirectory: path.join(directory, 'registry') } },
      http: { addr: host },
      auth: { htpasswd: { realm: 'test', path: path.join(directory, 'htpasswd') } },
    }
    await writeFile(path.join(directory, 'registry.yml'), JSON.stringify(config))
    await mkdir(path.join(directory, 'docker'))
    await writeFile(
      path.join(directory, 'docker/config.json'),
      JSON.stringify({ auths: { [host]: { auth: Buffer.from('me:s3cret').toString('base64') } } }),
    )
    const stop = await startProgram('docker-registry', ['serve', path.join(directory, 'registry.yml')], port)
    try {
      const pushed = ['--dest-tls-verify=false', '--dest-creds', 'me:s3cret', `oci:${directory}/built:1`, `docker://${host}/acme/shop:1`]
      await skopeo('copy', '--preserve-digests', ...pushed)
      const environment = { DOCKER_CONFIG: path.join(directory, 'docker') }
      const built = await pull(`oci:${directory}/built:1`)
      expect(await pull(`${host}/acme/shop:1`, environment)).toEqual(built)
      expect(await pull(`${host}/acme/shop@${image.descriptor.digest}`, environment)).toEqual(built)
      await expect(pull(`${host}/acme/shop:1`)).rejects.toMatchObject({ code: 'unauthorized' })
      await expect(pull(`${host}/acme/shop:2`, environment)).rejects.toMatchObject({ code: 'not-found' })
      // This registry has no referrers API, and there is no tag in its place.
      const { senderFor } = registrySenders(http, environmentCredentials(environment))
      const { source } = await openSource(`${host}/acme/shop:1`, { http, signal, senderFor })
      expect(await Array.fromAsync(source.referrers(image.descriptor.digest, signal))).toEqual([])
      expect(await listTags(source, signal)).toEqual(['1'])
    } finally {
      await stop()
    }
  },
)

test.skipIf(missingPrograms('umoci').length > 0)(`what umoci packs is what was in the directory${needs('umoci')}`, async () => {
  const root = path.join(directory, 'umoci-root')
  await mkdir(path.join(root, 'etc'), { recursive: true })
  await writeFile(path.join(root, 'etc/os-release'), 'ID=umoci\n', { mode: 0o644 })
  const layout = path.join(directory, 'umoci')
  await run('umoci', ['init', '--layout', layout])
  await run('umoci', ['new', '--image', `${layout}:1`])
  await run('umoci', ['insert', '--rootless', '--image', `${layout}:1`, path.join(root, 'etc'), '/etc'])
  await run('umoci', ['insert', '--rootless', '--whiteout', '--image', `${layout}:1`, '/etc/old'])
  const { entries } = await pull(`oci:${layout}:1`)
  expect(entries.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(['etc/os-release file', 'etc/.wh.old file'])
})

const asRoot = process.getuid?.() === 0
test.skipIf(!asRoot || missingPrograms('buildah').length > 0)(
  `what buildah commits is the same in both formats${needs('buildah', 'root')}`,
  async () => {
    const store = ['--root', path.join(directory, 'store'), '--runroot', path.join(directory, 'run'), '--storage-driver', 'vfs']
    const buildah = async (...parameters: string[]) => (await run('buildah', [...store, ...parameters])).trim()
    await writeFile(path.join(directory, 'policy.json'), JSON.stringify({ default: [{ type: 'insecureAcceptAnything' }] }))
    await writeFile(path.join(directory, 'release'), 'ID=buildah\n', { mode: 0o644 })
    const container = await buildah('from', 'scratch')
    await buildah('copy', container, path.join(directory, 'release'), '/etc/os-release')
    await buildah('config', '--user', '1000', container)
    const policy = ['--signature-policy', path.join(directory, 'policy.json'), '--timestamp', '0']
    await buildah('commit', ...policy, '--format', 'oci', container, `oci:${directory}/buildah:1`)
    await buildah('commit', ...policy, '--format', 'docker', container, `docker-archive:${directory}/buildah.tar:acme/b:1`)
    const [oci, docker] = [await pull(`oci:${directory}/buildah:1`), await pull(`docker-archive:${directory}/buildah.tar`)]
    expect(oci.entries.filter((line) => line.includes(' file '))).toEqual(['etc/os-release file 644  11'])
    expect(docker.entries).toEqual(oci.entries)
    expect(docker.diffIds).toEqual(oci.diffIds)
  },
)

test.skipIf(missingPrograms('tar').length > 0).each(['v7', 'oldgnu', 'gnu', 'ustar', 'pax'])(
  `what GNU tar writes as %s is read as it was on disk${needs('tar')}`,
  async (format) => {
    const root = path.join(directory, `tar-${format}`)
    const name = format === 'v7' ? 'd/short' : `d/${'n'.repeat(90)}/${'m'.repeat(90)}`
    await mkdir(path.dirname(path.join(root, name)), { recursive: true })
    await writeFile(path.join(root, name), 'content')
    const sparse = Buffer.alloc(300_000)
    sparse.write('start', 0)
    sparse.write('middle', 150_000)
    sparse.write('end', 299_997)
    await writeFile(path.join(root, 'sparse'), sparse)
    const withHoles = ['oldgnu', 'gnu', 'pax'].includes(format) ? ['--sparse', '--hole-detection=raw'] : []
    const archive = path.join(directory, `${format}.tar`)
    await run(findProgram('tar') ?? 'tar', ['-cf', archive, `--format=${format}`, '--sort=name', ...withHoles, '-C', root, '.'])
    const { createReadStream } = await import('node:fs')
    const found = new Map<string, Buffer>()
    await readLayer(createReadStream(archive), 'application/vnd.oci.image.layer.v1.tar', ({ path: entry, type }) => {
      if (type !== 'file') return undefined
      return async (body) => {
        const pieces: Uint8Array[] = []
        for await (const piece of body) pieces.push(piece)
        found.set(entry, Buffer.concat(pieces))
      }
    })
    expect([...found.keys()]).toEqual([name, 'sparse'])
    expect(found.get(name)?.toString()).toBe('content')
    expect(found.get('sparse')?.equals(sparse)).toBe(true)
  },
)
