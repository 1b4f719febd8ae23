import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { ImageEvidence } from '../../src/scan/evidence.ts'
import { readEvidence } from '../../src/scan/read-evidence.ts'
import { apkDatabase, dpkgStatus, osRelease } from '../builders/package-databases.ts'
import { buildTar, type TarFiles, tarEntry } from '../builders/tar.ts'
import { gzippedTar, type MemoryImage, memoryImage } from './memory-image.ts'

const signal = new AbortController().signal
const alpine = osRelease({ ID: 'alpine', VERSION_ID: '3.20.3' })
const base = gzippedTar({ 'etc/os-release': alpine, 'lib/apk/db/installed': apkDatabase({ musl: '1.2.5-r0' }) })

const read = ({ image, source }: MemoryImage) => readEvidence(image, source, { signal })
const purls = (evidence: ImageEvidence) => evidence.packages.map(({ purl, layer }) => `${purl} ${layer}`)

test('packages come with purl and the layer that brought them', async () => {
  const top = gzippedTar({
    'lib/apk/db/installed': apkDatabase({ musl: '1.2.5-r0', curl: { version: '8.9.1-r1', architecture: 'aarch64' } }),
  })
  const made = memoryImage([base, top])
  const evidence = await read(made)
  expect(purls(evidence)).toEqual([
    `pkg:apk/alpine/curl@8.9.1-r1?arch=aarch64&distro=alpine-3.20.3 ${made.digests[1]}`,
    `pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64&distro=alpine-3.20.3 ${made.digests[0]}`,
  ])
  expect(evidence.gaps).toEqual([])
})

test('a later dpkg status replaces the earlier one', async () => {
  const debian = osRelease({ ID: 'debian', VERSION_ID: '12' })
  const first = gzippedTar({ 'etc/os-release': debian, 'var/lib/dpkg/status': dpkgStatus({ nano: '7.2-1', bash: '5.2-1' }) })
  const second = gzippedTar({
    'var/lib/dpkg/status': dpkgStatus({ bash: '5.2-1', nano: { version: '7.2-1', status: 'deinstall ok config-files' } }),
  })
  expect((await read(memoryImage([first, second]))).packages.map(({ name }) => name)).toEqual(['bash'])
})

test('a layer with another digest than its own is a gap, nothing of it is used, and the others are read', async () => {
  const digest = `sha256:${'1'.repeat(64)}`
  const wrong = { bytes: gzippedTar({ '.wh.lib': '' }), mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest }
  const evidence = await read(memoryImage([base, wrong]))
  expect(evidence.packages.map(({ name }) => name)).toEqual(['musl'])
  expect(evidence.gaps).toEqual([{ layer: digest, message: expect.stringContaining(`layer could not be read: ${digest} was asked for`) }])
})

test.each([
  ['cut in its compressed stream', base.subarray(0, base.length - 30)],
  ['cut in a file', gzipSync(buildTar({ 'lib/apk/db/installed': apkDatabase({ musl: '1' }) }).subarray(0, 560))],
  ['not compressed as it says', Buffer.from('<html>not found</html>')],
])('a layer that is %s is a gap that names it', async (_, bytes) => {
  const made = memoryImage([bytes])
  const evidence = await read(made)
  expect(evidence.packages).toEqual([])
  expect(evidence.gaps).toEqual([{ layer: made.digests[0], message: expect.stringMatching(/^layer could not be read: the layer/) }])
})

test('a layer of a foreign or unknown kind is a gap', async () => {
  const types = ['application/vnd.oci.image.layer.nondistributable.v1.tar+gzip', 'application/vnd.in-toto+json']
  const evidence = await read(memoryImage(types.map((mediaType) => ({ bytes: Buffer.from(mediaType), mediaType }))))
  expect(evidence.gaps.map(({ message }) => message)).toEqual([
    expect.stringContaining('foreign layer'),
    expect.stringContaining('is not a media type of layers'),
  ])
})

test('a file that its format refuses is a gap with its path, and the rest of the layer is read', async () => {
  const layer = gzippedTar({ 'etc/os-release': 'A=1\n'.repeat(20_000), 'lib/apk/db/installed': apkDatabase({ musl: '1' }) })
  const evidence = await read(memoryImage([base, layer]))
  expect(evidence.packages.map(({ name }) => name)).toEqual(['musl'])
  expect(evidence.gaps.map(({ path, message }) => `${path}: ${message}`)).toContain(
    'etc/os-release: os-release: file is larger than 65536 bytes',
  )
})

test('an entry that climbs out is a gap, and the rest of the layer is read', async () => {
  const made = memoryImage([base, gzippedTar({ '../../etc/passwd': 'x', 'lib/apk/db/installed': apkDatabase({ musl: '2' }) })])
  const evidence = await read(made)
  expect(evidence.packages.map(({ version }) => version)).toEqual(['2'])
  expect(evidence.gaps).toEqual([{ layer: made.digests[1], path: '../../etc/passwd', message: 'climbs out of the root' }])
})

test('an aborted reading throws the reason', async () => {
  const { image, source } = memoryImage([base])
  const reason = new Error('time is up')
  await expect(readEvidence(image, source, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
})

test('packages whose files are hard links into a store are read, wherever the store comes', async () => {
  const manifest = JSON.stringify({ name: 'left-pad', version: '1.3.0' })
  const links = Object.fromEntries(
    ['a', 'b'].map((app) => [`${app}/node_modules/left-pad/package.json`, { hardlink: 'store/files/00/1234' }]),
  )
  const made = memoryImage([
    gzippedTar({ 'store/files/00/1234': manifest, ...links }),
    gzippedTar({ '.wh.store': '', 'a/.wh.node_modules': '' }),
  ])
  const evidence = await read(made)
  expect(evidence.packages.map(({ path, layer }) => `${path} ${layer}`)).toEqual([
    `b/node_modules/left-pad/package.json ${made.digests[0]}`,
  ])
  expect(evidence.gaps).toEqual([])
  expect(made.reads.get(made.digests[0] ?? '')).toBe(2)
})

test('a hard link to nothing is a gap', async () => {
  const evidence = await read(memoryImage([base, gzippedTar({ 'lib/apk/db/installed': { hardlink: 'nowhere' } })]))
  expect(evidence.packages).toEqual([])
  expect(evidence.gaps.map(({ path, message }) => `${path}: ${message}`)).toContain(
    'lib/apk/db/installed: hard link leads to "nowhere", which is not a file of its layer',
  )
})

test.each<[string, TarFiles]>([
  ['a link in its place', { 'opt/database': apkDatabase({ musl: '1' }), 'lib/apk/db/installed': { symlink: '/opt/database' } }],
  ['a link in a folder’s place', { 'opt/db/installed': apkDatabase({ musl: '1' }), 'lib/apk/db': { symlink: '/opt/db' } }],
])('a database that is hidden behind %s is a gap', async (_, files) => {
  const evidence = await read(memoryImage([gzippedTar({ 'etc/os-release': alpine, ...files })]))
  expect(evidence.gaps.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    expect.stringMatching(/^lib\/apk\/db\/installed: leads to "opt\/.+", which was not read$/),
  ])
})

test('a path that comes twice in a layer is what came last', async () => {
  const path = 'app/node_modules/a/package.json'
  const manifest = (name: string) => JSON.stringify({ name, version: '1.0.0' })
  const layer = (...entries: Buffer[]) => gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)]))
  const names = async (...entries: Buffer[]) => (await read(memoryImage([layer(...entries)]))).packages.map(({ name }) => name)
  const file = tarEntry(path, manifest('first'))
  expect(await names(file, tarEntry(path, manifest('second')))).toEqual(['second'])
  expect(await names(file, tarEntry(path, { symlink: '/dev/null' }))).toEqual([])
  expect(await names(tarEntry('store', manifest('linked')), tarEntry(path, { hardlink: 'store' }), file)).toEqual(['first'])
})

test('a document in the image says nothing of the system’s packages where their database does', async () => {
  const purl = (name: string) => `pkg:apk/alpine/${name}@0.1-r0?distro=alpine-3.20.3`
  const packages = ['musl', 'gone'].map((name) => ({ name, externalRefs: [{ referenceType: 'purl', referenceLocator: purl(name) }] }))
  const document = gzippedTar({ 'var/lib/db/sbom/all.spdx.json': JSON.stringify({ spdxVersion: 'SPDX-2.3', packages }) })
  expect((await read(memoryImage([base, document]))).packages.map(({ version }) => version)).toEqual(['1.2.5-r0'])
  expect((await read(memoryImage([document]))).packages.map(({ name }) => name)).toEqual(['gone', 'musl'])
})

test('what Composer was to install counts only where nothing says what it did', async () => {
  const packages = (version: string) => JSON.stringify({ packages: [{ name: 'monolog/monolog', version }] })
  const lock = { 'app/composer.lock': packages('2.0.0') }
  const versions = async (files: TarFiles) => (await read(memoryImage([gzippedTar(files)]))).packages.map(({ version }) => version)
  expect(await versions(lock)).toEqual(['2.0.0'])
  expect(await versions({ ...lock, 'app/vendor/composer/installed.json': packages('1.9.0') })).toEqual(['1.9.0'])
  expect(await versions({ ...lock, 'vendor/composer/installed.json': packages('1.9.0') })).toEqual(['1.9.0', '2.0.0'])
})

test('an image of Windows has its programs read, and a gap for Windows itself', async () => {
  const { image, source } = memoryImage([
    gzippedTar({ 'Files/app/node_modules/a/package.json': JSON.stringify({ name: 'a', version: '1.0.0' }) }),
  ])
  const evidence = await readEvidence({ ...image, platform: { os: 'windows', architecture: 'amd64' } }, source, { signal })
  expect(evidence.packages.map(({ name }) => name)).toEqual(['a'])
  expect(evidence.gaps).toEqual([{ message: 'parts and updates of Windows itself are not read' }])
})
