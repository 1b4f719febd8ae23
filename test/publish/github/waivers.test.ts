import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readWaiveCommand, waiverEntries } from '../../../src/publish/github/waive-command.ts'
import { bot, type GitHubStandIn, githubStandIn, type Pull, type Repository } from '../../builders/github.ts'
import { findingOn, numbered, type ReplayOptions, replay } from './replay.ts'

const today = '2026-01-01'

describe('a command', () => {
  test('has a reason and a day', () => {
    expect(readWaiveCommand('/portcullis waive the base image is replaced until Easter until 2026-04-01  ', today)).toEqual({
      reason: 'the base image is replaced until Easter',
      until: '2026-04-01',
    })
    expect(readWaiveCommand('I think so too.\r\n/portcullis waive no fix yet until 2026-01-01', today)).toEqual({
      reason: 'no fix yet',
      until: today,
    })
  })

  test.each(['> /portcullis waive quoted until 2026-02-01', 'waive it', 'see /portcullis waive x until 2026-02-01', ''])(
    'is not in %j',
    (body) => {
      expect(readWaiveCommand(body, today)).toBeUndefined()
    },
  )

  test.each([
    ['/portcullis waive it', 'expected'],
    ['/portcullis please', 'expected'],
    ['/portcullis waive it until tomorrow', 'not one of the calendar'],
    ['/portcullis waive it until 2026-02-30', 'not one of the calendar'],
    ['/portcullis waive it until 2025-12-31', 'has passed'],
    ['/portcullis waive it until 2026-07-01', '180 days at most'],
    [`/portcullis waive ${'x'.repeat(501)} until 2026-02-01`, '501 characters'],
  ])('%j is told what is wrong with it', (body, fault) => {
    expect(readWaiveCommand(body, today)).toEqual({ fault: expect.stringContaining(fault) })
  })

  test('cannot leave its place in the file', () => {
    const reason = 'x"\n- rule: "*\\u000a' // As it would arrive, were a line end let through.
    const lines = waiverEntries(['f"1'], { reason, until: today }, 'a: b').split('\n')
    expect(lines).toEqual(['- fingerprint: "f\\"1"', `  reason: ${JSON.stringify(reason)}`, '  owner: "a: b"', `  until: ${today}`])
  })
})

let github: GitHubStandIn
let repository: Repository
let pull: Pull
beforeEach(async () => {
  github = await githubStandIn()
  repository = github.repository('acme/shop', { 'shop.yaml': numbered(10) })
  repository.collaborators.set('maintainer', 'write')
  repository.collaborators.set('reader', 'read')
  pull = github.pull(repository, { 'shop.yaml': numbered(10, { 5: 'new' }) })
})
afterEach(() => github.close())

const findings = [findingOn('shop.yaml', 5, { fingerprint: 'f5' })]
const run = (more: ReplayOptions = {}) => replay(github, repository, pull, { findings, ...more })
const answers = () =>
  pull.threads[0]?.comments.filter(({ author, body }) => author === bot && body.includes('portcullis-waiver')).map(({ body }) => body) ?? []

function reply(author: string, body: string): void {
  const id = 7_000_000 + (pull.threads[0]?.comments.length ?? 0)
  pull.threads[0]?.comments.push({ id, nodeId: `PRRC_${id}`, author, body, reviewId: 0, createdAt: 0 })
}

describe('a reply that asks for a waiver', () => {
  test('of somebody with write access is answered once with the entry to add, and waives nothing', async () => {
    await run()
    reply('maintainer', '/portcullis waive the fix is rolled out next week until 2026-02-01')
    const { verdict } = await run()
    await run()
    expect(verdict).toBe('block')
    expect(answers()).toHaveLength(1)
    expect(answers()[0]).toContain(
      '- fingerprint: "f5"\n  reason: "the fix is rolled out next week"\n  owner: "maintainer"\n  until: 2026-02-01',
    )
    expect(pull.threads[0]?.isResolved).toBe(false)
  })

  test.each(['reader', 'stranger', bot])('of %s is refused', async (author) => {
    await run()
    reply(author, '/portcullis waive because until 2026-02-01')
    await run()
    expect(answers().join()).not.toContain('- fingerprint')
  })

  test('is a suggestion on the waiver file, where the change shows it', async () => {
    const waivers = '- rule: "old"\n  reason: "r"\n  owner: "o"\n  until: 2026-03-01\n'
    github.push(repository, pull, { 'shop.yaml': numbered(10, { 5: 'new' }), '.portcullis/waivers.yaml': waivers })
    await run()
    reply('maintainer', '/portcullis waive because until 2026-02-01')
    for (let again = 0; again < 2; again++) await run()
    const proposed = pull.threads.filter(({ path }) => path === '.portcullis/waivers.yaml')
    expect(proposed.map(({ line }) => line)).toEqual([4])
    expect(proposed[0]?.comments[0]?.body).toContain('```suggestion\n  until: 2026-03-01\n- fingerprint: "f5"\n')
    expect(answers()).toHaveLength(1)
  })

  test('is answered at once on its own event, with nothing judged', async () => {
    await run()
    reply('maintainer', '/portcullis waive because until 2026-02-01')
    const statuses = repository.statuses.length
    const { error, verdict } = await run({
      event: { name: 'pull_request_review_comment', payload: github.event(repository, pull) },
      judge: async () => {
        throw new Error('judged')
      },
    })
    expect([error, verdict, answers().length, repository.statuses.length]).toEqual([undefined, undefined, 1, statuses])
  })
})
