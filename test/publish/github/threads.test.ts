import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Finding } from '../../../src/findings.ts'
import { lastNote, rememberNote, writeNote } from '../../../src/publish/github/notes.ts'
import { bot, type GitHubStandIn, githubStandIn, type Pull, type Repository, statusRights, type Thread } from '../../builders/github.ts'
import { findingOn, numbered, type ReplayOptions, replay } from './replay.ts'

/** A token that may resolve: a workflow's own, with `contents: write`. */
const mayResolve = { ...statusRights, contents: 'write' } as const
const text = numbered(200)

let github: GitHubStandIn
let repository: Repository
let pull: Pull
beforeEach(async () => {
  github = await githubStandIn()
  repository = github.repository('acme/shop', { 'shop.yaml': '' })
  pull = github.pull(repository, { 'shop.yaml': text })
})
afterEach(() => github.close())

const on = (line: number, more: Partial<Finding> = {}) => findingOn('shop.yaml', line, { fingerprint: `f${line}`, ...more })
const run = (findings: readonly Finding[], more: ReplayOptions = {}) =>
  replay(github, repository, pull, { findings, token: github.token(mayResolve), ...more })
const notesOf = (thread: Thread | undefined) =>
  thread?.comments.slice(1).map(({ author, body }) => [author, /portcullis-note (\w+)/.exec(body)?.[1]])
const states = () => pull.threads.map((thread) => ({ line: thread.line, isResolved: thread.isResolved, notes: thread.comments.length - 1 }))

describe('a thread', () => {
  test('is answered and resolved when its finding is fixed, once', async () => {
    await run([on(3), on(9)])
    await run([on(9)])
    await run([on(9)])
    expect(states()).toEqual([
      { line: 3, isResolved: true, notes: 1 },
      { line: 9, isResolved: false, notes: 0 },
    ])
    expect(notesOf(pull.threads[0])).toEqual([[bot, 'fixed']])
  })

  test('is reopened, not posted again, when its finding is back, as often as it comes', async () => {
    for (const findings of [[on(3)], [], [on(3)], [on(3)], [], []]) await run(findings)
    expect(states()).toEqual([{ line: 3, isResolved: true, notes: 3 }])
    expect(notesOf(pull.threads[0])).toEqual([
      [bot, 'fixed'],
      [bot, 'reopened'],
      [bot, 'fixed'],
    ])
  })

  test('keeps its finding over moved lines, renamed files and a force-push', async () => {
    await run([on(3)])
    github.push(repository, pull, { 'shop.yaml': `one more line\n${text}` })
    await run([on(4, { fingerprint: 'f3' })])
    github.push(repository, pull, { 'moved.yaml': text }, repository.branches.get('main'))
    await run([findingOn('moved.yaml', 3, { fingerprint: 'f3' })])
    expect(states()).toEqual([{ line: 3, isResolved: false, notes: 0 }])
  })

  test('that a person resolved stays so while its finding is open, and is reopened when that was fixed and comes back', async () => {
    await run([on(3)])
    const [thread] = pull.threads
    if (thread) thread.isResolved = true
    await run([on(3)])
    expect(states()).toEqual([{ line: 3, isResolved: true, notes: 0 }])
    await run([])
    await run([])
    expect(states()).toEqual([{ line: 3, isResolved: true, notes: 0 }])
    expect(github.requests.filter(({ method }) => method === 'PATCH' && /pulls/.test(method)).length).toBeLessThan(2)
    await run([on(3)])
    expect(states()).toEqual([{ line: 3, isResolved: false, notes: 1 }])
    expect(notesOf(thread)).toEqual([[bot, 'reopened']])
  })

  test('is answered, and left open, where the token may not resolve; the summary says so', async () => {
    const token = github.token(statusRights)
    await run([on(3)], { token })
    await run([], { token })
    expect(pull.comments[0]?.body).toContain('`contents: write`')
    const { verdict } = await run([], { token })
    expect(verdict).toBe('pass')
    expect(states()).toEqual([{ line: 3, isResolved: false, notes: 1 }])
    await run([on(3)], { token })
    expect(states()).toEqual([{ line: 3, isResolved: false, notes: 2 }])
  })

  test('is answered without GraphQL too', async () => {
    github.absent.add('graphql')
    for (const findings of [[on(3)], [], [], [on(3)]]) await run(findings)
    expect(states()).toEqual([{ line: 3, isResolved: false, notes: 2 }])
  })

  test('is not called fixed when a gap may hide its finding', async () => {
    await run([on(3)])
    await run([], {
      gaps: [{ subject: 'shop:1', message: 'registry answered 503', locations: [{ file: 'shop.yaml', startLine: 1, endLine: 1 }] }],
    })
    await run([], { gaps: [{ subject: 'advisories', message: 'not reached', locations: [] }] })
    expect(states()).toEqual([{ line: 3, isResolved: false, notes: 0 }])
    await run([], { gaps: [{ subject: 'x', message: 'y', locations: [{ file: 'other.yaml', startLine: 1, endLine: 1 }] }] })
    expect(states()).toEqual([{ line: 3, isResolved: true, notes: 1 }])
  })

  test('of a waived finding is answered as accepted, and reopened when the waiver has ended', async () => {
    await run([on(3)])
    await run([on(3, { state: 'waived', blocking: false })])
    await run([on(3)])
    expect(notesOf(pull.threads[0])).toEqual([
      [bot, 'waived'],
      [bot, 'reopened'],
    ])
    expect(pull.threads).toHaveLength(1)
  })

  test('of several findings tells those that are left, and is settled with the last', async () => {
    const [first, second] = [on(3, { message: 'the first problem' }), on(3, { fingerprint: 'f3b', message: 'the second problem' })]
    await run([first, second])
    const body = () => pull.threads[0]?.comments[0]?.body ?? ''
    expect([body().includes('first problem'), body().includes('second problem')]).toEqual([true, true])
    await run([second])
    expect([body().includes('first problem'), body().includes('second problem')]).toEqual([false, true])
    const edits = () => github.requests.filter(({ method, path }) => method === 'PATCH' && path.includes('/pulls/comments/')).length
    await run([second])
    expect(edits()).toBe(1)
    await run([first])
    expect(states()).toEqual([{ line: 3, isResolved: false, notes: 0 }])
    await run([])
    expect(states()).toEqual([{ line: 3, isResolved: true, notes: 1 }])
  })

  test('of a comment that somebody deleted is posted anew', async () => {
    await run([on(3)])
    pull.threads.splice(0)
    await run([on(3)])
    expect(states()).toEqual([{ line: 3, isResolved: false, notes: 0 }])
  })

  test('makes room for one more when it is fixed', async () => {
    const findings = Array.from({ length: 26 }, (_, index) => on(index + 1))
    await run(findings)
    expect(pull.threads).toHaveLength(25)
    await run(findings.slice(1))
    expect(pull.threads).toHaveLength(26)
  })

  test('on a file as a whole is posted once, where the diff shows no line', async () => {
    const wide = github.repository('acme/wide', { 'big.yaml': numbered(100, { 80: '---' }) })
    const change = github.pull(wide, { 'big.yaml': numbered(100, { 80: '---', 90: 'changed' }) })
    const findings = [findingOn('big.yaml', 3), findingOn('big.yaml', 5)]
    for (let again = 0; again < 2; again++) await replay(github, wide, change, { findings })
    expect(change.threads.map(({ subjectType, path, comments }) => [subjectType, path, comments.length])).toEqual([['file', 'big.yaml', 1]])
  })
})

describe('two runs at once', () => {
  test('leave one thread a finding and one summary', async () => {
    // Both have read the conversation before either writes.
    let waiting: (() => void)[] = []
    let reads = 0
    github.onRequest(async ({ body }) => {
      if (!/query Conversation/.test(String((body as { query?: string }).query)) || ++reads > 2) return
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
        if (waiting.length === 2) for (const go of waiting) go()
      })
      waiting = []
    })
    const findings = [on(3), on(9)]
    await Promise.all([run(findings), run(findings)])
    expect(github.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/reviews'))).toHaveLength(2)
    expect(states().map(({ line }) => line)).toEqual([3, 9])
    expect(pull.comments).toHaveLength(1)
  })

  test('of which one was cut off leave duplicates to the next run', async () => {
    await run([on(3)])
    const copy = pull.threads.map((thread) => structuredClone(thread))
    for (const thread of copy) for (const comment of thread.comments) Object.assign(comment, { id: comment.id + 1_000_000 })
    pull.threads.push(...copy.map((thread) => ({ ...thread, nodeId: `${thread.nodeId}-copy` })))
    pull.comments.push(...pull.comments.map((comment) => ({ ...comment, id: comment.id + 1_000_000 })))
    await run([on(3)])
    expect([pull.threads.length, pull.comments.length]).toEqual([1, 1])
  })

  test('never delete a double that somebody answered', async () => {
    await run([on(3)])
    const [thread] = pull.threads
    const copy = structuredClone(thread)
    copy?.comments.push({ id: 5_000_001, nodeId: 'reply', author: 'maintainer', body: 'why?', reviewId: 0, createdAt: 0 })
    if (copy?.comments[0]) Object.assign(copy.comments[0], { id: 5_000_000 })
    if (copy) pull.threads.push({ ...copy, nodeId: 'copy' })
    await run([on(3)])
    expect(pull.threads).toHaveLength(2)
  })
})

describe('notes', () => {
  test('are read in the order of their numbers, wherever they stand', () => {
    const opening = rememberNote('text\n\n<!-- portcullis:f3 -->\n', { note: 'fixed', serial: 3 })
    expect(opening).toBe('text\n\n<!-- portcullis-note fixed 3 -->\n<!-- portcullis:f3 -->')
    expect(lastNote([opening, writeNote({ note: 'fixed', serial: 1 }, 'a'), writeNote({ note: 'reopened', serial: 2 }, 'a')])).toEqual({
      note: 'fixed',
      serial: 3,
    })
    expect(rememberNote(opening, { note: 'fixed', serial: 5 })).toBe('text\n\n<!-- portcullis-note fixed 5 -->\n<!-- portcullis:f3 -->')
  })

  test('inside of a suggestion or a sentence are text', () => {
    const body = '```suggestion\n<!-- portcullis-note fixed 9 -->\n```\n\n<!-- portcullis:f3 -->'
    expect(lastNote([body, 'he said <!-- portcullis-note fixed 1 -->'])).toBeUndefined()
  })
})
