import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reportOf } from '../builders/command.ts'
import { buildImage, writeLayout } from '../builders/image.ts'
import { apkDatabase } from '../builders/package-databases.ts'
import { freePort, missingPrograms, needs, run, startProgram } from '../builders/programs.ts'

const programs = ['docker-registry', 'htpasswd', 'skopeo'] as const
const image = buildImage({
  layers: [
    {
      'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.3\n',
      'lib/apk/db/installed': apkDatabase({ musl: '1.2.5-r0', busybox: '1.36.1-r29' }),
    },
    { 'srv/node_modules/left-pad/package.json': '{"name":"left-pad","version":"1.3.0"}' },
  ],
})

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'portcullis-sources-'))
  await writeLayout(join(directory, 'layout'), { entries: [{ descriptor: image.descriptor, tag: '1' }], blobs: image.blobs })
})
afterAll(() => rm(directory, { recursive: true, force: true }))

const skopeo = (...call: string[]) => run('skopeo', ['--insecure-policy', 'copy', ...call])

async function inventoryOf(source: string, environment: NodeJS.ProcessEnv = {}) {
  const call = ['scan', source, '--fail-on', 'never', '--advisories', 'examples/storefront/advisories']
  const { report } = await reportOf(call, { environment })
  const [subject] = report.subjects
  return { digest: subject?.digest, inventory: subject?.inventory?.map(({ purl, path, source: from }) => [purl, path, from]) }
}

test.skipIf(missingPrograms(...programs).length > 0)(`an image has the same inventory from every source${needs(...programs)}`, async () => {
  const layout = `oci:${directory}/layout:1`
  const port = await freePort()
  const host = `127.0.0.1:${port}`
  await writeFile(join(directory, 'htpasswd'), await run('htpasswd', ['-Bbn', 'me', 's3cret']))
  await mkdir(join(directory, 'docker'))
  const auth = Buffer.from('me:s3cret').toString('base64')
  await writeFile(join(directory, 'docker/config.json'), JSON.stringify({ auths: { [host]: { auth } } }))
  const config = {
    version: 0.1,
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: join(directory, 'registry') } },
    http: { addr: host },
    auth: { htpasswd: { realm: 'test', path: join(directory, 'htpasswd') } },
  }
  await writeFile(join(directory, 'registry.yml'), JSON.stringify(config))
  const stop = await startProgram('docker-registry', ['serve', join(directory, 'registry.yml')], port)
  try {
    await skopeo('--preserve-digests', '--dest-tls-verify=false', '--dest-creds', 'me:s3cret', layout, `docker://${host}/acme/shop:1`)
    await skopeo(layout, `oci-archive:${directory}/oci.tar:1`)
    await skopeo(layout, `docker-archive:${directory}/docker.tar:acme/shop:1`)
    const expected = await inventoryOf(layout)
    expect({ digest: expected.digest, count: expected.inventory?.length }).toEqual({ digest: image.descriptor.digest, count: 3 })
    expect(await inventoryOf(`oci-archive:${directory}/oci.tar`)).toEqual(expected)
    expect(await inventoryOf(`${host}/acme/shop:1`, { DOCKER_CONFIG: join(directory, 'docker') })).toEqual(expected)
    // docker-archive has another manifest, of the same layers.
    expect((await inventoryOf(`docker-archive:${directory}/docker.tar`)).inventory).toEqual(expected.inventory)
    const { report, status } = await reportOf(['scan', `${host}/acme/shop:1`, '--advisories', 'examples/storefront/advisories'], {
      environment: { DOCKER_CONFIG: '/nowhere', HOME: '/nowhere' },
    })
    expect({ status, message: report.gaps[0]?.message }).toEqual({ status: 3, message: expect.stringMatching(/401|credential|unauthori/u) })
  } finally {
    await stop()
  }
})
