import { expect, test } from 'vitest'
import { judgeManifests } from '../../src/manifests/judge.ts'
import { repositoryOf } from './fixture.ts'

test.each([
  ['{ name: n }', '"name" must be a string, and is boolean "false", written "n"'],
  ['{ name: true }', '"name" must be a string, and is boolean "true"'],
  ['{ name: 0644 }', '"name" must be a string, and is number "420", written "0644"'],
])('%s is told as it reads, and as it is written where that differs', async (metadata, message) => {
  const repository = await repositoryOf({ 'a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: ${metadata}\n` })
  expect(judgeManifests(repository, {}).map((problem) => problem.message)).toEqual([message])
})
