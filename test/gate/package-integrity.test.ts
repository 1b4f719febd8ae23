/** Files of packages that somebody changed, from the layers of an image to the verdict on it. */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Report } from '../../src/findings.ts'
import { prepareScan } from '../../src/gate/prepare.ts'
import { scan } from '../../src/gate/run.ts'
import { createHttp, type HttpClient } from '../../src/http.ts'
import { osvRecord } from '../builders/advisories.ts'
import { buildImage, writeLayout } from '../builders/image.ts'
import { dpkgStatus, osRelease } from '../builders/package-databases.ts'
import type { TarFiles } from '../builders/tar.ts'
import { type Folder, temporaryFolder } from '../builders/tree.ts'

let http: HttpClient
let folder: Folder
beforeEach(() => {
  http = createHttp({ sleep: async () => {} })
  folder = temporaryFolder({
    'advisories/1.json': JSON.stringify(osvRecord({ id: 'CVE-2024-1', name: 'other', events: ['introduced 0'], ecosystem: 'Debian:12' })),
  })
})
afterEach(() => {
  http.close()
  folder[Symbol.dispose]()
})

async function judged(...layers: readonly TarFiles[]): Promise<Report> {
  const image = buildImage({ layers: layers.map((files, index) => ({ files, createdBy: `RUN step ${index}` })), config: { User: '1000' } })
  const layout = `${folder.path}/layout`
  await writeLayout(layout, { entries: [{ descriptor: image.descriptor, tag: '1' }], blobs: image.blobs })
  const host = { http, environment: {}, now: new Date('2024-01-02'), signal: AbortSignal.timeout(50_000) }
  const request = await prepareScan({ advisories: [`${folder.path}/advisories`], checks: 'images' }, host)
  return (await scan(`oci:${layout}:1`, request)).report
}

const program = (content: string) => ({ content: `\x7fELF${content}`.padEnd(100, '.'), mode: 0o755 })
const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const base: TarFiles = {
  'etc/os-release': osRelease({ ID: 'debian', VERSION_ID: '12' }),
  'usr/sbin/sshd': program('sshd'),
  'var/lib/dpkg/status': dpkgStatus({ 'openssh-server': '1:9.2p1-2' }),
  'var/lib/dpkg/info/openssh-server.list': '/.\n/usr/sbin/sshd\n',
  'var/lib/dpkg/info/openssh-server.md5sums': `${md5(program('sshd').content)}  usr/sbin/sshd\n`,
}
const changes = ({ findings }: Report) => findings.filter(({ rule }) => rule.startsWith('image/package-'))

test('a changed sshd blocks, named with its layer and the instruction that changed it', async () => {
  const report = await judged(base, { 'usr/sbin/sshd': program('backdoor') })
  expect(report.verdict).toBe('block')
  expect(changes(report)).toMatchObject([
    {
      rule: 'image/package-file-changed',
      severity: 'high',
      blocking: true,
      content: { path: 'usr/sbin/sshd', layer: expect.stringMatching(/^sha256:/), instruction: 'RUN step 1' },
    },
  ])
})

test('the image as its packages made it has no such finding, and the programs beside them are listed', async () => {
  const report = await judged(base, { 'opt/agent': program('agent') })
  expect(changes(report)).toEqual([])
  expect(report.gaps).toEqual([])
  expect(report.subjects[0]).toMatchObject({ unowned: [{ path: 'opt/agent', entropy: expect.any(Number) }] })
})
