import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readInputs } from '../../../src/publish/github/inputs.ts'

const action = parse(readFileSync('action.yml', 'utf8'))

test('action.yml names the inputs that are read, each with a description', () => {
  const asked = new Set<string>()
  readInputs((name) => {
    asked.add(name)
    return ''
  })
  expect(Object.keys(action.inputs).sort()).toEqual([...asked].sort())
  for (const entry of [...Object.values(action.inputs), ...Object.values(action.outputs)])
    expect(entry).toMatchObject({ description: expect.stringMatching(/\.$/) })
})

test('it names the outputs that are set, and one bundle for the step and for what cleans up after it', () => {
  expect(Object.keys(action.outputs).sort()).toEqual(['blocking', 'critical', 'high', 'low', 'medium', 'report', 'sarif', 'verdict'])
  expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.js', post: 'dist/action.js', 'post-if': 'always()' })
})

test('its defaults are those of an input that is not set', () => {
  const defaults = (name: string): string => (name === 'token' ? '' : (action.inputs[name].default ?? ''))
  expect(readInputs(defaults)).toEqual(readInputs(() => ''))
})

test('inputs with several values take them one a line', () => {
  const values: Record<string, string> = { images: ' a:1 \n\nb:2\n', advisories: 'one\ntwo', checks: 'images, manifests', policy: 'p.yaml' }
  expect(readInputs((name) => values[name] ?? '').call).toMatchObject({
    images: ['a:1', 'b:2'],
    advisories: ['one', 'two'],
    checks: 'images,manifests',
    policy: ['p.yaml'],
  })
})

test.each([
  ['review', 'loud', 'expected one of comments, none, summary'],
  ['mode', 'target', 'expected one of check, publish'],
  ['offline', 'maybe', 'expected true or false'],
])('a wrong %s is an error that says what was expected', (name, value, message) => {
  expect(() => readInputs((asked) => (asked === name ? value : ''))).toThrow(`input ${name}: "${value}", ${message}`)
})
