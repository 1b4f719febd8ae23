import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { osvRecord } from '../builders/advisories.ts'
import { folderOf } from '../builders/command.ts'
import { buildImage } from '../builders/image.ts'
import { apkDatabase } from '../builders/package-databases.ts'
import { startRegistry } from '../builders/registry.ts'

const withOpenssl = (version: string) =>
  buildImage({
    layers: [{ 'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.3\n', 'lib/apk/db/installed': apkDatabase({ openssl: version }) }],
  })
const record = osvRecord({
  id: 'CVE-2024-1001',
  ecosystem: 'Alpine:v3.20',
  name: 'openssl',
  events: ['introduced 0', 'fixed 3.3.1-r1'],
  with: { severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N' }] },
})

test('check --base-updates tells which findings a newer base would clear, on the image and on the line', async () => {
  await using stack = new AsyncDisposableStack()
  const registry = stack.adopt(await startRegistry(), (started) => started.close())
  registry.push('alpine', '3.20.3', withOpenssl('3.3.1-r0'))
  registry.push('alpine', '3.20.6', withOpenssl('3.3.1-r1'))
  const files = { 'tree/Dockerfile': `FROM ${registry.host}/alpine:3.20.3\nUSER 1000\n`, 'advisories/1.json': JSON.stringify(record) }
  const { directory } = stack.adopt(await folderOf(files), (folder) => folder.remove())
  const call = ['check', `${directory}/tree`, '--checks', 'images', '--fail-on', 'never', '--advisories', `${directory}/advisories`]
  const { stdout } = await promisify(execFile)(process.execPath, ['src/cli.ts', ...call, '--base-updates'])
  const line = `a newer base ${registry.host}/alpine:3.20.6 would clear 1 high`
  expect({ image: stdout.replaceAll(/\s+/gu, ' ').includes(line), finding: stdout.includes('image/base-update') }).toEqual({
    image: true,
    finding: true,
  })
})
