import { expect, test } from 'vitest'
import { checkoutGaps } from '../../../src/publish/github/checkout.ts'
import { readPatch } from '../../../src/publish/github/diff.ts'
import { diffLines } from '../../builders/github/diff.ts'
import { githubStandIn } from '../../builders/github.ts'
import { numbered, replay, treeOf } from './replay.ts'

function changed(path: string, before: string, after: string) {
  const patch = readPatch(diffLines(before, after).text)
  return { path, status: 'modified' as const, ...(patch && { patch }) }
}

const [before, after] = [numbered(30), numbered(30, { 9: 'privileged: true' })]
const file = changed('deploy/a.yaml', before, after)

test('a checkout that has the change, merged with a newer base or not, is the pull request', async () => {
  expect(await checkoutGaps(treeOf({ 'deploy/a.yaml': after }), [file], '')).toEqual([])
  expect(await checkoutGaps(treeOf({ 'a.yaml': `newer\n${after}` }), [file], 'deploy/')).toEqual([])
})

test.each([
  ['nothing', {}],
  ['the base', { 'deploy/a.yaml': before }],
])('a checkout of %s is a gap', async (_case, files: Record<string, string>) => {
  expect(await checkoutGaps(treeOf(files), [file], '')).toMatchObject([{ subject: 'checkout' }])
})

test('one file that tells is enough', async () => {
  const other = changed('b.yaml', 'a\n', 'b\n')
  expect(await checkoutGaps(treeOf({ 'deploy/a.yaml': before, 'b.yaml': 'b\n' }), [file, other], '')).toEqual([])
})

test('text that is not ASCII, carriage returns, and what git-lfs keeps elsewhere are no reason', async () => {
  const latin = { ...treeOf({}), read: async () => Buffer.from('n\xe4he\r\n', 'latin1') }
  expect(await checkoutGaps(latin, [changed('a', '', 'n�he\n')], '')).toEqual([])
  const pointer = changed('big.bin', '', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n')
  expect(await checkoutGaps(treeOf({ 'big.bin': 'itself' }), [pointer], '')).toEqual([])
})

test('changes that add nothing, that GitHub does not show, or of other folders tell nothing', async () => {
  const removed = changed('a.yaml', 'a\nb\n', 'a\n')
  expect(await checkoutGaps(treeOf({}), [removed, { path: 'b.bin', status: 'added' }, file], 'elsewhere/')).toEqual([])
  expect(await checkoutGaps(treeOf({}), [removed], '')).toEqual([])
})

test('a workflow without a checkout does not pass', async () => {
  const github = await githubStandIn()
  const repository = github.repository('acme/shop', { 'a.yaml': before })
  const pull = github.pull(repository, { 'a.yaml': after })
  const { verdict } = await replay(github, repository, pull, { files: {} })
  expect([verdict, repository.statuses.at(-1)?.state]).toEqual(['incomplete', 'failure'])
  await github.close()
})
