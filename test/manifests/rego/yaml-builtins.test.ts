import { expect, test } from 'vitest'
import { yamlBuiltins } from '../../../src/manifests/user-policies/rego/yaml-builtins.ts'

const { 'yaml.is_valid': isValid, 'yaml.marshal': marshal, 'yaml.unmarshal': unmarshal } = yamlBuiltins

test('text that is YAML is read, other text is not valid and has no value', () => {
  expect([isValid('a: [1, x]'), isValid('{a: ['), isValid(1)]).toEqual([true, false, undefined])
  expect([unmarshal('a: [1, x]'), unmarshal('{a: ['), unmarshal(1)]).toEqual([{ a: [1, 'x'] }, undefined, undefined])
  expect(unmarshal(marshal({ a: [1, 'x'] }))).toEqual({ a: [1, 'x'] })
})

test('aliases that repeat without end are not valid', () => {
  const names = 'abcdefghij'
  const lines = [...names].map((name, index) => {
    const items = index === 0 ? 'x' : `*${names[index - 1]}`
    return `${name}: &${name} [${Array(10).fill(items).join(', ')}]`
  })
  expect(isValid(lines.join('\n'))).toBe(false)
})
