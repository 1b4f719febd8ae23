import { expect, test } from 'vitest'
import type { Distribution } from '../../../src/findings.ts'
import { releaseFiles } from '../../../src/scan/inventory/release-files.ts'
import { readFormat } from './read-format.ts'

test.each<[string, string, Partial<Distribution> | undefined]>([
  ['etc/redhat-release', 'CentOS release 6.10 (Final)\n', { id: 'centos', version: '6.10' }],
  ['etc/redhat-release', 'Red Hat Enterprise Linux Server release 6.9 (Santiago)\n', { id: 'rhel', version: '6.9' }],
  ['etc/system-release', 'Amazon Linux release 2 (Karoo)\n', { id: 'amzn', version: '2' }],
  ['etc/redhat-release', 'Some Linux release 1\n', undefined],
  [
    'etc/lsb-release',
    'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=12.04\nDISTRIB_CODENAME=precise\n',
    { id: 'ubuntu', version: '12.04', codename: 'precise' },
  ],
  ['etc/lsb-release', 'LSB_VERSION=1\n', undefined],
  ['etc/alpine-release', '3.2.3\n', { id: 'alpine', version: '3.2.3' }],
  ['etc/alpine-release', '<html>', undefined],
  ['etc/debian_version', '7.11\n', { id: 'debian', version: '7' }],
  ['etc/debian_version', 'trixie/sid\n', { id: 'debian', version: '', codename: 'trixie' }],
])('%s with %j', async (path, content, expected) => {
  const found = await readFormat(releaseFiles, path, content)
  expect(found).toEqual(expected ? [{ kind: 'distribution', distribution: expect.objectContaining(expected) }] : [])
})

test('a file without end is refused at its bound', async () => {
  await expect(readFormat(releaseFiles, 'etc/debian_version', Buffer.alloc(70_000, 49), 10_000)).rejects.toThrow('larger than 65536 bytes')
})
