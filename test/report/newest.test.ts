import { expect, test } from 'vitest'
import { newestVersion } from '../../src/report/newest.ts'

test.each([
  ['pkg:apk/alpine/openssl@1', ['1.1.1d-r3', '1.1.1g-r0', '1.1.1d-r10'], '1.1.1g-r0'],
  ['pkg:deb/debian/openssl@1', ['1:1.0-1', '9.9-1', '1:1.0-1+deb12u1'], '1:1.0-1+deb12u1'],
  ['pkg:rpm/redhat/openssl@1', ['1.10-1.el9', '1.9-1.el9'], '1.10-1.el9'],
  ['pkg:npm/left-pad@1', ['1.10.0', '1.9.0', '2.0.0-rc.1'], '2.0.0-rc.1'],
  ['pkg:pypi/django@1', ['4.2.10', '4.2.9', '5.0rc1'], '5.0rc1'],
  ['pkg:golang/golang.org/x/net@1', ['0.9.0', '0.17.0'], '0.17.0'],
  ['pkg:maven/org.acme/a@1', ['2.0', '2.0.1', '2.0-rc1'], '2.0.1'],
])('of %s the newest of %j is %s', (purl, versions, newest) => expect(newestVersion(purl, versions)).toBe(newest))

test.each([
  ['pkg:generic/a@1', ['1', '2']],
  ['nothing', ['1', '2']],
  ['pkg:npm/a@1', ['1.0.0', 'not a version']],
])('of %s nobody can say which of %j is newest', (purl, versions) => expect(newestVersion(purl, versions)).toBeUndefined())
