import { expect, test } from 'vitest'
import { composer } from '../../../src/scan/inventory/composer.ts'
import { readFormat, summary } from './read-format.ts'

const packages = [
  { name: 'symfony/http-kernel', version: 'v5.4.1', license: ['MIT'] },
  { name: 'monolog/monolog', version: '2.9.1' },
]

test.each<[string, string, unknown]>([
  ['Composer 2', 'app/vendor/composer/installed.json', { packages, dev: false }],
  ['Composer 1', 'vendor/composer/installed.json', packages],
  ['a lock file', 'app/composer.lock', { packages, 'packages-dev': [{ name: 'phpunit/phpunit', version: '9.0.0' }] }],
])('the packages of %s', async (_, path, document) => {
  expect(await readFormat(composer, path, JSON.stringify(document))).toEqual([
    { kind: 'package', type: 'composer', name: 'symfony/http-kernel', version: 'v5.4.1', licenses: ['MIT'] },
    { kind: 'package', type: 'composer', name: 'monolog/monolog', version: '2.9.1' },
  ])
})

test('an entry without a version is a gap, and the others are read', async () => {
  const found = summary(await readFormat(composer, 'composer.lock', JSON.stringify({ packages: [{ name: 'a/b' }, 7, packages[1]] })))
  expect(found).toEqual({
    packages: ['monolog/monolog 2.9.1'],
    gaps: ['package without a name or a version', 'package without a name or a version'],
  })
})

test('a file that is cut short, or has no list, is an error', async () => {
  await expect(readFormat(composer, 'composer.lock', '{"packages": [{"name"')).rejects.toThrow(SyntaxError)
  await expect(readFormat(composer, 'composer.lock', '{"packages": {"a": 1}}')).rejects.toThrow('file has no list of packages')
})
