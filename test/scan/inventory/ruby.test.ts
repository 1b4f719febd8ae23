import { expect, test } from 'vitest'
import { ruby } from '../../../src/scan/inventory/ruby.ts'
import { readFormat, summary } from './read-format.ts'

const path = 'usr/local/bundle/specifications/rack-2.2.3.gemspec'

test('the stub line names gem and version, licences follow', async () => {
  const content = [
    '# -*- encoding: utf-8 -*-',
    '# stub: nokogiri 1.15.4 x86_64-linux lib',
    '',
    'Gem::Specification.new do |s|',
    '  s.name = "nokogiri".freeze',
    '  s.version = "1.15.4"',
    '  s.licenses = ["MIT".freeze, "Ruby".freeze]',
    'end',
  ].join('\n')
  expect(await readFormat(ruby, path, content)).toEqual([
    { kind: 'package', type: 'gem', name: 'nokogiri', version: '1.15.4', licenses: ['MIT', 'Ruby'] },
  ])
})

test('older specifications are read from their assignments', async () => {
  const content = `Gem::Specification.new do |s|\n  s.name = %q{x}\n  s.name = 'rack'\n  s.version = Gem::Version.new("2.2.3")\nend\n`
  expect(summary(await readFormat(ruby, path, content)).packages).toEqual(['rack 2.2.3'])
})

test('what would have to be run is a gap', async () => {
  const content = `Gem::Specification.new do |s|\n  s.name = "rack"\n  s.version = Rack::VERSION\nend\n`
  expect(summary(await readFormat(ruby, path, content)).gaps).toEqual(['gem specification without a name or a version that is a literal'])
})

test('specifications of installed gems are read, sources of gems are not', () => {
  const reads = (file: string) => ruby.reads(file, { mode: 0o644, sizeBytes: 1 })
  expect(reads('usr/lib/ruby/gems/3.1.0/specifications/default/json-2.6.1.gemspec')).toBe(true)
  expect(reads('usr/local/bundle/gems/rack-2.2.3/rack.gemspec')).toBe(false)
})
