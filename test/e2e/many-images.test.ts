import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folderOf, reportOf } from '../builders/command.ts'
import { buildImage, writeLayout } from '../builders/image.ts'
import { apkDatabase } from '../builders/package-databases.ts'

const [services, images, bases] = [300, 60, 5]
let directory: string
let remove: () => Promise<void>

/** Sixty images on five bases, used by three hundred services. */
beforeAll(async () => {
  const pods = Array.from(
    { length: services },
    (_, index) => `apiVersion: v1
kind: Pod
metadata: { name: service-${index} }
spec: { containers: [{ name: main, image: "registry.example.com/app-${index % images}:1" }] }
`,
  )
  const policy = 'registries: { mirrors: [{ prefix: registry.example.com, layouts: images }] }\n'
  ;({ directory, remove } = await folderOf({ 'services.yaml': pods.join('---\n'), '.portcullis.yaml': policy }))
  for (let index = 0; index < images; index++) {
    const base = {
      'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.3\n',
      'lib/apk/db/installed': apkDatabase({ [`base-${index % bases}`]: '1.0-r0' }),
    }
    const image = buildImage({ layers: [{ files: base }, { files: { [`srv/app-${index}`]: String(index) } }] })
    await writeLayout(join(directory, `images/app-${index}`), { entries: [{ descriptor: image.descriptor, tag: '1' }], blobs: image.blobs })
  }
})
afterAll(() => remove())

test('every layer is read once, however many services and images share it, and not at all the second time', async () => {
  const call = [
    'check',
    directory,
    '--offline',
    '--checks',
    'images',
    '--advisories',
    'examples/storefront/advisories',
    '--cache',
    join(directory, 'cache'),
  ]
  const [first, second] = [await reportOf(call), await reportOf(call)]
  const distinct = images + bases
  expect([first, second].map(({ status, report }) => ({ status, images: report.coverage.images, layers: report.coverage.layers }))).toEqual(
    [
      { status: 0, images: { judged: images, failed: 0 }, layers: { read: distinct, cached: 0, shared: images * 2 - distinct } },
      { status: 0, images: { judged: images, failed: 0 }, layers: { read: 0, cached: distinct, shared: images * 2 - distinct } },
    ],
  )
})
