import { afterEach, beforeEach, expect, test } from 'vitest'
import { UsageError } from '../../../src/findings.ts'
import type { Tree } from '../../../src/repo/tree.ts'
import { type GitHubStandIn, githubStandIn } from '../../builders/github.ts'
import { findingOn, numbered, replay, reportOf } from './replay.ts'

let github: GitHubStandIn
beforeEach(async () => {
  github = await githubStandIn()
})
afterEach(() => github.close())

const finding = findingOn('shop.yaml', 5)

/** Judges as the policy says that it is shown: `never` lets everything pass. */
const judge = async (base: Tree | undefined) => {
  const policy = Buffer.from((await base?.read('.portcullis.yaml', 1000)) ?? []).toString()
  if (policy.includes('broken')) throw new UsageError('.portcullis.yaml:1: unknown key "broken"')
  return { report: reportOf([{ ...finding, blocking: !policy.includes('never') }]), lines: () => numbered(10).split('\n') }
}

function opened(policy: string | undefined) {
  const files = (text: string | undefined) => ({ ...(text !== undefined && { '.portcullis.yaml': text }), 'shop.yaml': numbered(10) })
  const repository = github.repository('acme/shop', files('failOn: high\n'))
  return { repository, pull: github.pull(repository, { ...files(policy), 'new.yaml': 'new\n' }) }
}

test('a change of the policy is shown with the verdict that it would give, and has no effect', async () => {
  const { repository, pull } = opened('failOn: never\n')
  const { verdict, jobSummary } = await replay(github, repository, pull, { judge })
  expect(verdict).toBe('block')
  for (const text of [jobSummary, pull.comments[0]?.body ?? '']) {
    expect(text).toContain('edits `.portcullis.yaml`')
    expect(text).toContain(
      'would be **pass** (0 blocking, 0 waived, 0 not verified) instead of **block** (1 blocking, 0 waived, 0 not verified)',
    )
  }
})

test('a policy that is taken away, or that cannot be read, is shown too', async () => {
  const removed = opened(undefined)
  await replay(github, removed.repository, removed.pull, { judge })
  expect(removed.pull.comments[0]?.body).toContain('the verdict would be the same: block, 1 blocking')
  const broken = opened('broken: <img src=x>\n')
  const { verdict } = await replay(github, broken.repository, broken.pull, { judge })
  expect(verdict).toBe('block')
  expect(broken.pull.comments[0]?.body).toMatch(/It cannot be read: .*unknown key/)
})

test('what the run has to say besides its findings is in the summaries', async () => {
  const { repository, pull } = opened('failOn: high\n')
  const notes = [
    'waivers.yaml:3: the waiver of "x" accepts nothing any more: take it out',
    ...Array.from({ length: 30 }, (_, index) => `@admin ${index}`),
  ]
  const { jobSummary } = await replay(github, repository, pull, {
    judge: async () => ({ report: { ...reportOf([]), notes }, lines: () => [] }),
  })
  for (const text of [jobSummary, pull.comments[0]?.body ?? '']) {
    expect(text).toContain('accepts nothing any more')
    expect(text).toContain('11 more notes.')
    expect(text).not.toContain('@admin')
  }
})

test('a change that leaves the policy alone is judged once and shows nothing', async () => {
  const { repository, pull } = opened('failOn: high\n')
  let judged = 0
  await replay(github, repository, pull, {
    judge: (base) => {
      judged++
      return judge(base)
    },
  })
  expect([judged, pull.comments[0]?.body.includes('has no effect here')]).toEqual([1, false])
})
