/** Documents of an image's inventory, from a layout. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inventory } from '../../src/gate/inventory.ts'
import { prepareScan } from '../../src/gate/prepare.ts'
import { createHttp, type HttpClient } from '../../src/http.ts'
import { buildImage, writeLayout } from '../builders/image.ts'
import { type Folder, temporaryFolder } from '../builders/tree.ts'
import { hex } from '../scan/secrets/cases.ts'

let http: HttpClient
let folder: Folder
beforeEach(() => {
  http = createHttp({ sleep: async () => {} })
  folder = temporaryFolder()
})
afterEach(() => {
  http.close()
  folder[Symbol.dispose]()
})

test.each(['cyclonedx', 'spdx'] as const)('no secret of an instruction goes into a document as %s', async (format) => {
  const token = `dop_v1_${hex(64)}`
  const image = buildImage({ layers: [{ files: { 'srv/a': 'a' }, createdBy: `RUN |1 TOKEN=${token} /bin/sh -c deploy` }] })
  await writeLayout(folder.path, { entries: [{ descriptor: image.descriptor, tag: '1' }], blobs: image.blobs })
  const host = { http, environment: {}, now: new Date('2024-01-02'), signal: AbortSignal.timeout(50_000) }
  const { document } = await inventory(`oci:${folder.path}:1`, format, await prepareScan({ checks: 'images' }, host), '0')
  expect(document).toContain('/bin/sh -c deploy')
  expect(document).not.toContain(token.slice(8, 24))
})
