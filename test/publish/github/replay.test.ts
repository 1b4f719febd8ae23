import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bot, type Files, type GitHubStandIn, githubStandIn, readOnly } from '../../builders/github.ts'
import { findingOn, numbered, replay } from './replay.ts'

let github: GitHubStandIn
beforeEach(async () => {
  github = await githubStandIn()
})
afterEach(() => github.close())

function storefront() {
  const repository = github.repository('acme/shop', { 'deploy/shop.yaml': numbered(40), 'deploy/api.yaml': numbered(10) })
  const pull = github.pull(repository, { 'deploy/shop.yaml': numbered(40, { 20: 'privileged: true' }), 'deploy/api.yaml': numbered(10) })
  return { repository, pull }
}

describe('a pull_request event', () => {
  test('gets one review with the comments on lines that the diff shows, and the rest in the summary', async () => {
    const { repository, pull } = storefront()
    const hidden = findingOn('deploy/api.yaml', 4, { message: 'container "api" runs as root', severity: 'medium', blocking: false })
    const { verdict } = await replay(github, repository, pull, { findings: [findingOn('deploy/shop.yaml', 20), hidden] })
    expect(verdict).toBe('block')
    expect(pull.reviews.map(({ state, author, commit }) => ({ state, author, commit }))).toEqual([
      { state: 'COMMENTED', author: bot, commit: pull.head.sha },
    ])
    expect(pull.threads.map(({ path, line }) => [path, line])).toEqual([['deploy/shop.yaml', 20]])
    expect(pull.threads[0]?.comments[0]?.body).toContain('pod/privileged')
    expect(pull.comments).toHaveLength(1)
    expect(pull.comments[0]?.body).toContain('runs as root')
    expect(pull.comments[0]?.body).toContain('1 finding is on lines that the diff of this change does not show')
  })

  test('gets a status that was pending first and is bound to the head commit', async () => {
    const { repository, pull } = storefront()
    await replay(github, repository, pull, { findings: [findingOn('deploy/shop.yaml', 20)] })
    expect(repository.statuses.map(({ sha, state, context, description }) => ({ sha, state, context, description }))).toEqual([
      { sha: pull.head.sha, state: 'pending', context: 'portcullis', description: 'judging what this change would put into the cluster' },
      { sha: pull.head.sha, state: 'failure', context: 'portcullis', description: 'block: 1 high finding' },
    ])
  })

  test('passes without findings, and still has a summary', async () => {
    const { repository, pull } = storefront()
    const { verdict, outputs, jobSummary } = await replay(github, repository, pull)
    expect(verdict).toBe('pass')
    expect(outputs.get('verdict')).toBe('pass')
    expect(repository.statuses.at(-1)?.state).toBe('success')
    expect(pull.reviews).toEqual([])
    expect(pull.comments).toHaveLength(1)
    expect(jobSummary).toContain('Portcullis')
  })

  test('with a gap alone is a failure, never a success', async () => {
    const { repository, pull } = storefront()
    const { verdict } = await replay(github, repository, pull, {
      gaps: [{ subject: 'shop:1', message: 'registry answered 503', locations: [] }],
    })
    expect(verdict).toBe('incomplete')
    expect(repository.statuses.at(-1)).toMatchObject({ state: 'failure', description: 'incomplete: shop:1: registry answered 503' })
  })

  test.each(['with GraphQL', 'without GraphQL'])('is told nothing twice when it runs again, %s', async (way) => {
    if (way === 'without GraphQL') github.absent.add('graphql')
    const { repository, pull } = storefront()
    const findings = [findingOn('deploy/shop.yaml', 20)]
    await replay(github, repository, pull, { findings })
    await replay(github, repository, pull, { findings })
    expect(pull.threads).toHaveLength(1)
    expect(pull.comments).toHaveLength(1)
  })

  test('does not take the comments of others for its own, marker or not', async () => {
    const { repository, pull } = storefront()
    const findings = [findingOn('deploy/shop.yaml', 20)]
    await replay(github, repository, pull, { findings })
    const stolen = { thread: pull.threads[0]?.comments[0]?.body ?? '', summary: pull.comments[0]?.body ?? '' }
    const again = storefront()
    const thief = github.token({ pull_requests: 'write' }, 'thief')
    const headers = { authorization: `Bearer ${thief}`, 'content-type': 'application/json' }
    const post = (path: string, body: unknown) =>
      fetch(`${github.url}/repos/acme/shop/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    const commented = await post('pulls/1/comments', {
      body: stolen.thread,
      commit_id: again.pull.head.sha,
      path: 'deploy/shop.yaml',
      line: 20,
      side: 'RIGHT',
    })
    expect(commented.status).toBe(201)
    expect((await post('issues/1/comments', { body: stolen.summary })).status).toBe(201)
    await replay(github, again.repository, again.pull, { findings })
    expect(again.pull.threads.map(({ comments }) => comments[0]?.author)).toEqual(['thief', bot])
    expect(again.pull.comments.map(({ author }) => author)).toEqual(['thief', bot])
  })

  test('with a token that may only read keeps annotations and the job summary, and is told what is missing', async () => {
    const { repository, pull } = storefront()
    const { verdict, annotations, commands, jobSummary } = await replay(github, repository, pull, {
      token: github.token(readOnly),
      findings: [findingOn('deploy/shop.yaml', 20)],
    })
    expect(verdict).toBe('block')
    expect(jobSummary).toContain('pod/privileged')
    expect(commands.join('')).toMatch(/^::error .*file=deploy\/shop\.yaml,line=20/m)
    const told = annotations.filter(({ title }) => title === 'Portcullis could not comment')
    expect(told).toHaveLength(1)
    expect(told[0]?.message).toContain('lacks `checks: write`, `pull-requests: write`, `security-events: write` and `statuses: write`')
    expect([pull.threads, pull.comments, repository.statuses]).toEqual([[], [], []])
  })

  test('is never left pending when judging crashes', async () => {
    const { repository, pull } = storefront()
    const { error, outputs } = await replay(github, repository, pull, {
      judge: async () => {
        throw new Error('the disk is gone')
      },
    })
    expect(error?.message).toBe('the disk is gone')
    expect(outputs.get('verdict')).toBe('incomplete')
    expect(repository.statuses.at(-1)).toMatchObject({ state: 'failure', description: 'not judged: the disk is gone' })
  })

  test('whose head moved while it was judged gets no comments from the old run', async () => {
    const { repository, pull } = storefront()
    const judged = pull.head.sha
    const { log } = await replay(github, repository, pull, {
      event: { name: 'pull_request', payload: github.event(repository, pull) },
      judge: async () => {
        github.push(repository, pull, { 'deploy/shop.yaml': numbered(40) })
        const { reportOf } = await import('./replay.ts')
        return { report: reportOf([findingOn('deploy/shop.yaml', 20)]), lines: () => [] }
      },
    })
    expect(log.join()).toContain('moved on')
    expect([pull.threads, pull.comments]).toEqual([[], []])
    expect(repository.statuses.map(({ sha, state }) => [sha, state])).toEqual([
      [judged, 'pending'],
      [judged, 'failure'],
    ])
  })
})

test('pull_request_target is refused with the reason and the safe way', async () => {
  const { repository, pull } = storefront()
  const { error } = await replay(github, repository, pull, {
    event: { name: 'pull_request_target', payload: github.event(repository, pull) },
  })
  expect(error?.message).toMatch(/rights of the base branch.*run it on pull_request.*workflow_run with mode: publish/)
  expect(github.requests).toEqual([])
})

describe('the base', () => {
  test('is the head with what the pull request changed taken back, and with the policy of the base', async () => {
    const repository = github.repository('acme/shop', {
      '.portcullis.yaml': 'failOn: high\n',
      'deploy/kept.yaml': 'kept\n',
      'deploy/old-name.yaml': numbered(30),
      'deploy/removed.yaml': 'removed\n',
      'deploy/shop.yaml': 'base\n',
    })
    const pull = github.pull(repository, {
      '.portcullis.yaml': 'failOn: never\n',
      '.portcullis/waivers.yaml': 'everything\n',
      'deploy/added.yaml': 'added\n',
      'deploy/kept.yaml': 'kept\n',
      'deploy/new-name.yaml': numbered(30, { 7: 'changed' }),
      'deploy/shop.yaml': 'head\n',
    })
    const { base } = await replay(github, repository, pull)
    const paths = (await base?.files())?.map(({ path }) => path) ?? []
    const texts = await Promise.all(paths.map(async (path) => [path, Buffer.from((await base?.read(path, 10_000)) ?? []).toString()]))
    expect(Object.fromEntries(texts)).toEqual({
      '.portcullis.yaml': 'failOn: high\n',
      'deploy/kept.yaml': 'kept\n',
      'deploy/old-name.yaml': numbered(30),
      'deploy/removed.yaml': 'removed\n',
      'deploy/shop.yaml': 'base\n',
    })
    expect(await base?.read('.portcullis/waivers.yaml', 10_000)).toBeUndefined()
  })

  test.each(['with GraphQL', 'without GraphQL'])(
    'has the bytes of files that are not UTF-8, and of files too large for GraphQL, %s',
    async (way) => {
      if (way === 'without GraphQL') github.absent.add('graphql')
      const latin = Buffer.from([0x6e, 0xe4, 0x0a])
      const large = Buffer.from(`${'x'.repeat(99)}\n`.repeat(6000))
      const repository = github.repository('acme/shop', { 'a.yaml': latin, 'b.yaml': large })
      const pull = github.pull(repository, { 'a.yaml': 'a\n', 'b.yaml': 'b\n' })
      const { base } = await replay(github, repository, pull)
      expect(Buffer.from((await base?.read('a.yaml', 10_000)) ?? [])).toEqual(latin)
      expect(Buffer.from((await base?.read('b.yaml', 1_000_000)) ?? []).equals(large)).toBe(true)
      await expect(base?.read('b.yaml', 1000)).rejects.toThrow('has 600000 bytes, at most 1000 are read')
    },
  )

  test('is the tip of the base branch now, whatever the event says', async () => {
    const repository = github.repository('acme/shop', { '.portcullis.yaml': 'failOn: never\n' })
    const pull = github.pull(repository, { '.portcullis.yaml': 'failOn: never\n', 'a.yaml': 'a\n' })
    const payload = github.event(repository, pull)
    const before = repository.branches.get('main') ?? ''
    const after = github.commit(repository, { '.portcullis.yaml': 'failOn: low\n' }, [before])
    repository.branches.set('main', after)
    const { base } = await replay(github, repository, pull, { event: { name: 'pull_request', payload } })
    expect(base?.name).toBe(after)
    expect(Buffer.from((await base?.read('.portcullis.yaml', 1000)) ?? []).toString()).toBe('failOn: low\n')
  })

  test('of a folder has the policy of the folder, else that of the root, and of the head neither', async () => {
    const workspace = mkdtempSync(join(tmpdir(), 'folder-'))
    mkdirSync(join(workspace, 'deploy'))
    const root = { '.portcullis.yaml': 'failOn: low\n', 'keys/release.pub': 'key\n', 'deploy/a.yaml': 'a\n' }
    const own = { ...root, 'deploy/.portcullis.yaml': 'failOn: high\n' }
    const read = async (files: Files, path: string) => {
      const repository = github.repository('acme/shop', files)
      const loose = {
        ...files,
        '.portcullis.yaml': 'failOn: never\n',
        'deploy/.portcullis.yaml': 'failOn: never\n',
        'deploy/keys/release.pub': 'forged\n',
      }
      const pull = github.pull(repository, loose)
      const { base } = await replay(github, repository, pull, {
        inputs: { path: 'deploy' },
        workspace,
        files: { 'a.yaml': 'a\n', '.portcullis.yaml': 'failOn: never\n' },
      })
      return Buffer.from((await base?.read(path, 1000)) ?? []).toString()
    }
    expect(await read(own, '.portcullis.yaml')).toBe('failOn: high\n')
    expect(await read(root, '.portcullis.yaml')).toBe('failOn: low\n')
    expect(await read(root, 'keys/release.pub')).toBe('key\n')
    rmSync(workspace, { recursive: true })
  })

  test('of more than 3,000 changed files is a gap', async () => {
    const many = (text: string) => Object.fromEntries(Array.from({ length: 3001 }, (_, index) => [`deploy/${index}.yaml`, `${text}\n`]))
    const repository = github.repository('acme/shop', many('a'))
    const pull = github.pull(repository, many('b'))
    const { verdict } = await replay(github, repository, pull)
    expect(verdict).toBe('incomplete')
    expect(repository.statuses.at(-1)?.description).toContain('changes 3001 files, GitHub lists 3000')
  })
})

test('a token that GitHub does not know fails the run before anything is judged', async () => {
  const { repository, pull } = storefront()
  const { error, base } = await replay(github, repository, pull, { token: 'ghs_unknown' })
  expect(error?.message).toContain('Bad credentials')
  expect(base).toBeUndefined()
})

test('names of files and objects that are made of Markdown and commands stay text', async () => {
  const path = 'deploy/@everyone ![x](https://evil.example/) `::error::`.yaml'
  const repository = github.repository('acme/shop', { 'README.md': 'shop\n' })
  const pull = github.pull(repository, { 'README.md': 'shop\n', [path]: numbered(3) })
  const subject = 'Deployment/default/<img src=x>@admin\n::set-output name=verdict::pass\n<!-- portcullis-note fixed -->'
  const { verdict } = await replay(github, repository, pull, {
    findings: [findingOn(path, 2, { subject, message: subject, title: subject })],
  })
  expect(verdict).toBe('block')
  const bodies = [...pull.threads.flatMap(({ comments }) => comments), ...pull.comments].map(({ body }) => body)
  expect(bodies).toHaveLength(2)
  for (const body of bodies.map(withoutCode)) {
    expect(body).not.toMatch(/<img|@admin|@everyone|^::|^<!-- portcullis-note/m)
    expect(body).not.toContain('](https://evil.example')
  }
})

/** Without code spans and without the marker, where nothing is read as Markdown. */
function withoutCode(body: string): string {
  return body.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/gs, '').replace(/^<!-- portcullis:\S+ -->$/m, '')
}

test('the status keeps to 140 characters', async () => {
  const { repository, pull } = storefront()
  await replay(github, repository, pull, { gaps: [{ subject: '🚢'.repeat(200), message: 'unreachable', locations: [] }] })
  const last = repository.statuses.at(-1)
  expect(last?.state).toBe('failure')
  expect([...(last?.description ?? '')]).toHaveLength(140)
})

test('more lines than the limit are counted, not posted, and not posted by the next run either', async () => {
  const repository = github.repository('acme/shop', { 'deploy/shop.yaml': '' })
  const pull = github.pull(repository, { 'deploy/shop.yaml': numbered(40) })
  const findings = Array.from({ length: 40 }, (_, index) =>
    findingOn('deploy/shop.yaml', index + 1, { severity: index < 2 ? 'low' : 'high' }),
  )
  for (let run = 0; run < 2; run++) await replay(github, repository, pull, { findings })
  expect(pull.threads).toHaveLength(25)
  expect(pull.threads.map(({ line }) => line)).not.toContain(1)
  expect(pull.comments[0]?.body).toContain('15 more lines with findings have no comment')
})
