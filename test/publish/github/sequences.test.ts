/** Pull requests that live long and badly: whatever happens in between, the next undisturbed run leaves everything told once. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Finding } from '../../../src/findings.ts'
import { bot, type GitHubStandIn, githubStandIn, type Pull, type Repository, statusRights, workflowRights } from '../../builders/github.ts'
import { findingOn, numbered, replay } from './replay.ts'

let github: GitHubStandIn
beforeEach(async () => {
  github = await githubStandIn()
})
afterEach(() => github.close())

const pushes = 100

test.each([1, 2, 3, 4, 5])(
  `no finding is told twice in ${pushes} pushes (seed %i)`,
  async (seed) => {
    const random = randomFrom(seed)
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item
    const chance = (probability: number): boolean => random() < probability
    const repository = github.repository('acme/shop', { 'shop.yaml': '' })
    const pull = github.pull(repository, { 'shop.yaml': numbered(60) })
    const rights = pick([statusRights, workflowRights, { ...workflowRights, contents: 'write' as const }])
    const token = github.token(rights)
    const history: string[] = []
    let findings: Finding[] = []

    for (let push = 0; push < pushes; push++) {
      findings = someFindings(random)
      if (push > 0) history.push(pushOne(repository, pull, random))
      people(pull, random)
      const disturbance = pick(['none', 'none', 'lost', 'refused', 'limited', 'twice', 'old', 'gap'] as const)
      const run = (more: object = {}) => replay(github, repository, pull, { findings, token, ...more })
      if (disturbance === 'lost')
        github.trouble({ method: pick(['POST', 'PATCH', 'DELETE']), status: 502, times: 5, after: Math.floor(random() * 6), isDone: true })
      if (disturbance === 'refused') github.trouble({ status: 503, times: 30, after: Math.floor(random() * 8) })
      if (disturbance === 'limited')
        github.trouble({
          status: 403,
          message: 'You have exceeded a secondary rate limit',
          headers: { 'retry-after': '2' },
          times: 3,
          after: 2,
        })
      if (disturbance === 'twice') await Promise.all([run(), run()])
      else if (disturbance === 'old') {
        const event = { name: 'pull_request', payload: github.event(repository, pull) }
        pushOne(repository, pull, random)
        await run({ event, findings: someFindings(random) })
      } else if (disturbance === 'gap')
        await run({ findings: findings.slice(0, 2), gaps: [{ subject: 'x', message: 'not read', locations: [] }] })
      else await run()
      github.calm()
      if (chance(0.3) || push === pushes - 1) {
        const { error } = await run()
        expect(error).toBeUndefined()
        expect(complaints(pull, findings, `${seed}/${push} after ${disturbance}`)).toEqual([])
        const standing =
          repository.checkRuns.filter(({ sha }) => sha === pull.head.sha).at(-1)?.status ??
          repository.statuses.filter(({ sha }) => sha === pull.head.sha).at(-1)?.state
        expect(['completed', 'success', 'failure']).toContain(standing)
      }
    }
    expect(history.length).toBe(pushes - 1)
  },
  180_000,
)

function complaints(pull: Pull, findings: readonly Finding[], when: string): string[] {
  const said: string[] = []
  const ours = pull.threads.filter(({ comments }) => comments[0]?.author === bot)
  const summaries = pull.comments.filter(({ author }) => author === bot)
  if (summaries.length !== 1) said.push(`${when}: ${summaries.length} summaries`)
  const told = new Map<string, number>()
  for (const thread of ours) {
    const fingerprints = /<!-- portcullis:(\S+) -->\s*$/.exec(thread.comments[0]?.body ?? '')?.[1]?.split(',') ?? []
    for (const fingerprint of fingerprints) told.set(fingerprint, (told.get(fingerprint) ?? 0) + 1)
    const notes = thread.comments.filter(({ author }) => author === bot).flatMap(({ body }) => noteOf(body))
    if (new Set(notes).size < notes.length) said.push(`${when}: ${thread.nodeId} says ${notes.join(', ')}`)
    const isOpen = findings.some(({ fingerprint }) => fingerprints.includes(fingerprint))
    const last = notes
      .toSorted((a, b) => Number(a.split(' ')[1]) - Number(b.split(' ')[1]))
      .at(-1)
      ?.split(' ')[0]
    if (isOpen && last === 'fixed') said.push(`${when}: ${thread.nodeId} calls an open finding fixed`)
    if (!isOpen && !thread.isResolved && last !== 'fixed') said.push(`${when}: ${thread.nodeId} says nothing of its fixed finding`)
  }
  for (const [fingerprint, count] of told) if (count > 1) said.push(`${when}: ${fingerprint} is told ${count} times`)
  const untold = findings.filter(({ fingerprint }) => !told.has(fingerprint)).length
  if (untold > 0 && ours.length < 25) said.push(`${when}: ${untold} findings are not told`)
  return said
}

/** `fixed 3`: in the last line of an answer, or above the marker of a first comment. */
function noteOf(body: string): string[] {
  return body
    .trimEnd()
    .split('\n')
    .slice(-2)
    .flatMap((line) => /portcullis-note (\w+ \d+) /.exec(line)?.[1] ?? [])
}

/** Fast forward, a force-push to a commit beside it, a rebase on a base that has moved. */
function pushOne(repository: Repository, pull: Pull, random: () => number): string {
  const files = { 'shop.yaml': numbered(60, { [1 + Math.floor(random() * 60)]: `changed ${random()}` }) }
  const kind = Math.floor(random() * 3)
  const main = repository.branches.get('main') ?? ''
  if (kind === 0) return github.push(repository, pull, files)
  if (kind === 1) return github.push(repository, pull, files, main)
  const moved = github.commit(repository, { 'shop.yaml': '', [`other-${random()}.yaml`]: 'other\n' }, [main])
  repository.branches.set('main', moved)
  return github.push(repository, pull, files, moved)
}

function people(pull: Pull, random: () => number): void {
  for (const thread of pull.threads) {
    const dice = random()
    if (dice < 0.03) thread.isResolved = !thread.isResolved
    else if (dice < 0.05) {
      const id = 9_000_000 + Math.floor(random() * 1e6)
      thread.comments.push({
        id,
        nodeId: `PRRC_${id}`,
        author: 'maintainer',
        body: 'why? <!-- portcullis-note fixed 99 -->',
        reviewId: 0,
        createdAt: 0,
      })
    }
  }
  if (random() < 0.05) pull.threads.splice(Math.floor(random() * pull.threads.length), 1)
  if (random() < 0.03) pull.comments.splice(0)
}

function someFindings(random: () => number): Finding[] {
  return Array.from({ length: 12 }, (_, index) => index)
    .filter(() => random() < 0.5)
    .map((index) => findingOn('shop.yaml', 1 + ((index * 4) % 40), { fingerprint: `f${index}`, severity: random() < 0.5 ? 'high' : 'low' }))
}

/** https://en.wikipedia.org/wiki/Linear_congruential_generator, with the constants of Numerical Recipes. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}
