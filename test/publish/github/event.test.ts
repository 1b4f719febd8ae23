import { describe, expect, test } from 'vitest'
import { readEvent } from '../../../src/publish/github/event.ts'

const sha = (digit: string) => digit.repeat(40)
const repository = { full_name: 'acme/shop' }
const pull = (more: object = {}) => ({
  repository,
  pull_request: { number: 7, head: { sha: sha('a'), repo: { full_name: 'acme/shop' } }, base: { sha: sha('b') }, ...more },
})

test('a pull request is read with its commits, and a head of another repository is a fork', () => {
  const plain = { kind: 'pull_request', owner: 'acme', repo: 'shop', number: 7, headSha: sha('a'), baseSha: sha('b') }
  expect(readEvent('pull_request', pull(), {})).toEqual({ ...plain, isFork: false })
  expect(readEvent('pull_request', pull({ head: { sha: sha('a'), repo: { full_name: 'thief/shop' } } }), {})).toEqual({
    ...plain,
    isFork: true,
  })
  expect(readEvent('pull_request', pull({ head: { sha: sha('a'), repo: null } }), {})).toEqual({ ...plain, isFork: true })
})

test('a push to a new branch has nothing before it', () => {
  const push = { repository, after: sha('a'), before: sha('0'), ref: 'refs/heads/main' }
  const read = { kind: 'commit', owner: 'acme', repo: 'shop', headSha: sha('a'), ref: 'refs/heads/main' }
  expect(readEvent('push', push, {})).toEqual(read)
  expect(readEvent('push', { ...push, before: sha('c') }, {})).toEqual({ ...read, baseSha: sha('c') })
})

test('a schedule and a dispatch judge the commit of the job', () => {
  const read = { kind: 'commit', owner: 'acme', repo: 'shop', headSha: sha('a'), ref: 'refs/heads/main' }
  for (const name of ['schedule', 'workflow_dispatch'])
    expect(readEvent(name, { repository }, { sha: sha('a'), ref: 'refs/heads/main' })).toEqual(read)
})

test('a merge group has its own base', () => {
  const group = { head_sha: sha('a'), base_sha: sha('b'), head_ref: 'refs/heads/gh-readonly-queue/main/pr-1', base_ref: 'refs/heads/main' }
  expect(readEvent('merge_group', { repository, merge_group: group }, {})).toMatchObject({
    headSha: sha('a'),
    baseSha: sha('b'),
    isQueued: true,
  })
})

describe('not read', () => {
  test.each([
    ['no object', 'pull_request', null, 'repository.full_name is not text'],
    ['a repository with a path in it', 'pull_request', { ...pull(), repository: { full_name: '../../x' } }, 'is not owner/name'],
    ['a number that is text', 'pull_request', pull({ number: '7/../8' }), 'pull_request.number is not a number'],
    ['a number below one', 'pull_request', pull({ number: 0 }), 'pull_request.number is not a number'],
    ['a commit that is a path', 'pull_request', pull({ base: { sha: '../main' } }), 'pull_request.base.sha "../main" is not a commit'],
    ['a key of Object.prototype', 'push', { repository, __proto__: null }, 'before is not text'],
    ['a deleted branch', 'push', { repository, after: 'x', before: sha('0'), ref: 'r' }, 'after "x" is not a commit'],
    ['an event that is none of ours', 'issue_comment', { repository }, 'is not an event that this step knows'],
    ['a run without an id', 'workflow_run', { repository, workflow_run: {} }, 'workflow_run.id is not a number'],
    ['a target of a pull request', 'pull_request_target', pull(), 'rights of the base branch'],
  ])('%s', (_case, name, payload, message) => {
    expect(() => readEvent(name, payload, {})).toThrow(message)
  })
})
