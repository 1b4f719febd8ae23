import { expect, test } from 'vitest'
import { UsageError } from '../../../src/findings.ts'
import { openPolicy } from '../../../src/gate/open-policy.ts'
import { baseFilesOf, changedNamedPolicies } from '../../../src/publish/github/named-policy.ts'
import { treeOf } from './replay.ts'

const files = (...paths: string[]) => paths.map((path) => ({ path, status: 'modified' as const }))

function opened(name: string, atBase: Readonly<Record<string, string>>) {
  const asked: string[] = []
  const baseFiles = baseFilesOf('/checkout', 'c0ffee', async (paths) => {
    asked.push(...paths)
    return new Map(
      paths.map((path) => {
        const text = new Map(Object.entries(atBase)).get(path)
        return [path, text === undefined ? undefined : { sizeBytes: text.length, bytes: async () => Buffer.from(text) }] as const
      }),
    )
  })
  return { asked, policy: openPolicy({ policy: [name] }, { tree: treeOf({}), directory: '/checkout', baseFiles }) }
}

test('a policy that the workflow names is read at the base, and what it points at as well', async () => {
  const { policy } = opened('/checkout/ci/policy.yaml', { 'ci/policy.yaml': 'failOn: low\nvex: [more.json]\n', 'ci/more.json': '{}' })
  const { policy: read } = await policy
  expect([read.failOn, ...read.vex.map(({ bytes }) => Buffer.from(bytes).toString())]).toEqual(['low', '{}'])
})

test('one request is made for a file, and the report names the revision', async () => {
  const { asked, policy } = opened('/checkout/ci/policy.yaml', { 'ci/policy.yaml': 'failOn: low\n' })
  const { policy: read, revision } = await policy
  expect([read.failOn, revision, asked]).toEqual(['low', 'c0ffee', ['ci/policy.yaml']])
})

test('one that the base does not have is a wrong call, whatever the checkout has', async () => {
  await expect(opened(`/checkout/policy.yaml`, {}).policy).rejects.toThrow(UsageError)
})

test('what lies outside of the checkout is not asked for at the base', async () => {
  const { asked, policy } = opened('/checkout-of-another/policy.yaml', { 'policy.yaml': 'failOn: low\n' })
  await expect(policy).rejects.toThrow('no such policy file')
  expect(asked).toEqual([])
})

test('a change of it is told, also where it was moved away', () => {
  expect(changedNamedPolicies(['/checkout/ci/policy.yaml'], files('ci/policy.yaml', 'ci/key.pub'), '/checkout')).toEqual(['ci/policy.yaml'])
  expect(
    changedNamedPolicies(['/checkout/ci/policy.yaml'], [{ path: 'x', previousPath: 'ci/policy.yaml', status: 'renamed' }], '/checkout'),
  ).toEqual(['ci/policy.yaml'])
  expect(changedNamedPolicies(['/elsewhere/policy.yaml'], files('policy.yaml'), '/checkout')).toEqual([])
})
