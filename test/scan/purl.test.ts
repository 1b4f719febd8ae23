import { expect, test } from 'vitest'
import type { Distribution } from '../../src/findings.ts'
import type { FoundPackage } from '../../src/scan/inventory/format.ts'
import { purlOf } from '../../src/scan/purl.ts'

const distribution = (id: string, version: string, codename?: string): Distribution => ({
  id,
  version,
  idLike: [],
  ...(codename ? { codename } : {}),
})
const found = (type: string, name: string, version: string, more: Partial<FoundPackage> = {}): FoundPackage => ({
  kind: 'package',
  type,
  name,
  version,
  ...more,
})

test.each<[string, FoundPackage, Distribution | undefined]>([
  [
    'pkg:apk/alpine/libcrypto3@3.3.2-r0?arch=x86_64&distro=alpine-3.20.3&upstream=openssl',
    found('apk', 'libcrypto3', '3.3.2-r0', { source: 'openssl', architecture: 'x86_64' }),
    distribution('alpine', '3.20.3'),
  ],
  [
    'pkg:deb/debian/bsdutils@1:2.36.1-8?arch=amd64&distro=debian-11&upstream=util-linux%402.36.1-8',
    found('deb', 'bsdutils', '1:2.36.1-8', { source: 'util-linux', sourceVersion: '2.36.1-8', architecture: 'amd64' }),
    distribution('debian', '11', 'bullseye'),
  ],
  [
    'pkg:deb/debian/libstdc%2B%2B6@12.2.0-14?distro=debian-trixie',
    found('deb', 'libstdc++6', '12.2.0-14'),
    distribution('debian', '', 'trixie'),
  ],
  ['pkg:rpm/redhat/bash@5.1.8-6.el9?distro=rhel-9.3&epoch=1', found('rpm', 'bash', '1:5.1.8-6.el9'), distribution('rhel', '9.3')],
  ['pkg:apk/wolfi/glibc@2.40-r1?distro=wolfi', found('apk', 'glibc', '2.40-r1'), distribution('wolfi', '')],
  ['pkg:npm/%40babel/core@7.24.0', found('npm', '@babel/core', '7.24.0'), undefined],
  ['pkg:golang/github.com/spf13/cobra@v1.8.0', found('golang', 'github.com/spf13/cobra', 'v1.8.0'), undefined],
  ['pkg:golang/example.org/app', found('golang', 'example.org/app', '(devel)'), undefined],
  ['pkg:golang/stdlib@1.22.3', found('golang', 'stdlib', '1.22.3'), undefined],
  ['pkg:maven/org.slf4j/slf4j-api@2.0.9', found('maven', 'org.slf4j:slf4j-api', '2.0.9'), undefined],
  ['pkg:composer/symfony/http-kernel@v5.4.1', found('composer', 'symfony/http-kernel', 'v5.4.1'), undefined],
  ['pkg:pypi/zope-interface@5.0', found('pypi', 'Zope_Interface', '5.0'), undefined],
])('%s', (purl, one, release) => {
  expect(purlOf(one, release)).toBe(purl)
})
