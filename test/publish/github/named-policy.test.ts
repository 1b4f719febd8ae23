import { expect, test } from 'vitest'
import { namedPolicyGaps } from '../../../src/publish/github/named-policy.ts'

const files = (...paths: string[]) => paths.map((path) => ({ path, status: 'modified' as const }))
const touched = (name: string, ...paths: string[]) => namedPolicyGaps([name], files(...paths), '/checkout').map(({ message }) => message)

test.each([
  ['/checkout/ci/policy.yaml', 'ci/policy.yaml'],
  ['/checkout/ci/policy.yaml', 'ci/keys/release.json'],
  ['/checkout/policy.yaml', 'policy.yaml'],
  ['/checkout/policy.yaml', 'keys/release.pub'],
])('a change of a policy that is named by its path (%s), or of what it may trust (%s), is a gap', (name, path) => {
  expect(touched(name, 'deploy/shop.yaml', path)).toEqual([expect.stringContaining(`this change edits "${path}"`)])
})

test.each([
  ['/checkout/ci/policy.yaml', 'deploy/shop.yaml'],
  ['/checkout/policy.yaml', 'deploy/shop.yaml'],
  ['/elsewhere/policy.yaml', 'policy.yaml'],
  ['/checkout/ci/policy.yaml', 'ci-other/policy.yaml'],
])('and no other is (%s, %s)', (name, path) => {
  expect(touched(name, path)).toEqual([])
})

test('a file that was moved away is changed', () => {
  expect(
    namedPolicyGaps(['/checkout/ci/policy.yaml'], [{ path: 'x.yaml', previousPath: 'ci/policy.yaml', status: 'renamed' }], '/checkout'),
  ).toHaveLength(1)
})
