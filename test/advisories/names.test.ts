import { expect, test } from 'vitest'
import { isSameEcosystem, normalizeName } from '../../src/advisories/names.ts'

test.each<[string, string, string]>([
  ['PyPI', 'Zope.Interface', 'zope-interface'],
  ['PyPI', 'ruamel__yaml..clib', 'ruamel-yaml-clib'],
  ['NuGet', 'Newtonsoft.Json', 'newtonsoft.json'],
  ['Packagist', 'Symfony/HTTP-Kernel', 'symfony/http-kernel'],
  ['crates.io', 'serde_json', 'serde-json'],
  ['Hex', 'Phoenix', 'phoenix'],
  ['GitHub Actions', 'Actions/Checkout', 'actions/checkout'],
])('in %s, %s is %s', (ecosystem, name, normalized) => {
  expect(normalizeName(ecosystem, name)).toBe(normalized)
  expect(normalizeName(ecosystem, normalized)).toBe(normalized)
})

test.each(['npm', 'Go', 'Maven', 'RubyGems', 'CRAN', 'Hackage', 'Debian:12', 'Alpine:v3.20', 'AlmaLinux:9'])(
  '%s tells names of other case apart',
  (ecosystem) => {
    expect(normalizeName(ecosystem, 'A_b.C')).toBe('A_b.C')
  },
)

test('a record speaks of a release, or of all where it names none', () => {
  expect(isSameEcosystem('Debian:12', 'Debian:12')).toBe(true)
  expect(isSameEcosystem('Debian', 'Debian:12')).toBe(true)
  expect(isSameEcosystem('Debian:12', 'Debian')).toBe(false)
  expect(isSameEcosystem('Debian:1', 'Debian:12')).toBe(false)
  expect(isSameEcosystem('Ubuntu:22.04:LTS', 'Ubuntu:22.04:LTS')).toBe(true)
  expect(isSameEcosystem('Ubuntu:Pro:22.04:LTS', 'Ubuntu:22.04:LTS')).toBe(false)
})
