/** What response rules ask for, taken on a pull request: once, and by whoever may. */
import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Finding, Report } from '../../../src/findings.ts'
import { demandsOf, type RespondingPolicy, respond } from '../../../src/gate/responses.ts'
import { readDefaultPolicy } from '../../../src/policy/read.ts'
import { withGaps } from '../../../src/publish/github/gaps.ts'
import { zipOf } from '../../builders/advisories.ts'
import {
  type GitHubStandIn,
  githubStandIn,
  type Pull,
  type Recorded,
  type Repository,
  readOnly,
  workflowRights,
} from '../../builders/github.ts'
import { hasOpenapi, openapiProblems } from '../../builders/openapi.ts'
import { findingOn, numbered, type ReplayOptions, replay, reportOf } from './replay.ts'

let github: GitHubStandIn
let repository: Repository
let pull: Pull
let hook: Server
let hooked: string[]
let environment: Record<string, string>
let status = 200
/** Of all tests. */
const recorded: Recorded[] = []

beforeEach(async () => {
  github = await githubStandIn()
  repository = github.repository('acme/shop', { 'shop.yaml': numbered(10) })
  repository.collaborators.set('reviewer', 'write')
  pull = github.pull(repository, { 'shop.yaml': numbered(10, { 5: 'privileged: true' }) })
  hooked = []
  status = 200
  hook = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      hooked.push(body)
      response.writeHead(status).end()
    })
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  hook.listen(0, '127.0.0.1', resolve)
  await promise
  const address = hook.address()
  environment = {
    HOOK: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/very-secret`,
    KEY: 'a key that is long enough',
  }
})
afterEach(async () => {
  recorded.push(...github.requests)
  await github.close()
  await new Promise((done) => hook.close(done))
})

const finding = findingOn('shop.yaml', 5, { severity: 'critical' })
const rights = { ...workflowRights, issues: 'write' } as const
const channels = 'alerts: { slack: { webhookFrom: HOOK } }\nhandover: { urlFrom: HOOK, secretFrom: KEY }\n'

function policyText(...actions: string[]): string {
  return `responses:\n  - condition: severity == critical\n    actions: [${actions.join(', ')}]\n${channels}`
}

async function policyOf(text: string): Promise<RespondingPolicy> {
  const { responses, enforcement } = await readDefaultPolicy(async (path) => (path === '.portcullis.yaml' ? Buffer.from(text) : undefined))
  return { enforcement, ...(responses && { responses }) }
}

/** The gate, with these findings and this policy. */
async function run(text: string, findings: readonly Finding[] = [finding], more: ReplayOptions = {}) {
  const responding = await policyOf(text)
  const judge: ReplayOptions['judge'] = async () => ({
    report: respond(reportOf(findings), demandsOf(responding)).report,
    lines: () => [],
    responding,
  })
  return replay(github, repository, pull, { token: github.token(rights), environment, judge, ...more })
}

const summary = () => pull.comments[0]?.body ?? ''
const sent = (method: string, path: RegExp) =>
  github.requests.filter((request) => request.method === method && path.test(request.path)).length
const push = () => github.push(repository, pull, { 'shop.yaml': numbered(10, { 5: 'privileged: true', 7: 'x' }) })

describe('an alert', () => {
  test('is sent once, however often the pull request is pushed to', async () => {
    const text = policyText('{ type: alert }')
    await run(text)
    push()
    await run(text)
    expect(hooked).toHaveLength(1)
    expect(JSON.parse(hooked[0] ?? '').text).toContain('https://github.example/acme/shop/pull/1')
    expect(summary()).toContain('was sent before')
  })

  test('is sent again for what is new', async () => {
    const text = policyText('{ type: alert }')
    await run(text)
    push()
    await run(text, [finding, findingOn('shop.yaml', 7, { severity: 'critical', fingerprint: 'another' })])
    push()
    await run(text, [finding, findingOn('shop.yaml', 7, { severity: 'critical', fingerprint: 'another' })])
    expect(hooked).toHaveLength(2)
  })

  test('that was told by a comment that somebody else wrote is sent nevertheless', async () => {
    const text = policyText('{ type: alert }')
    await run(text)
    const [ours] = pull.comments.splice(0)
    pull.comments.push({ id: 1, nodeId: 'IC_1', author: 'contributor', body: ours?.body ?? '' })
    await run(text)
    expect(hooked).toHaveLength(2)
  })

  test('that cannot be sent keeps the gate closed, and is sent by the next run', async () => {
    status = 500
    const text = policyText('{ type: alert }').replace('critical', 'low')
    const low = [findingOn('shop.yaml', 5, { severity: 'low', blocking: false })]
    const { verdict, outputs } = await run(text, low)
    expect([verdict, outputs.get('verdict'), repository.checkRuns.at(-1)?.conclusion]).toEqual(['incomplete', 'incomplete', 'failure'])
    expect(summary()).toMatch(/answered 500/u)
    expect(summary()).not.toContain('very-secret')
    status = 200
    hooked = []
    expect([(await run(text, low)).verdict, hooked.length]).toEqual(['pass', 1])
  })

  test('is not sent by a run that the pull request has left behind', async () => {
    const judged = await policyOf(policyText('{ type: alert }'))
    const event = { name: 'pull_request', payload: github.event(repository, pull) }
    push()
    const { log } = await replay(github, repository, pull, {
      ...{ token: github.token(rights), environment, event },
      judge: async () => ({ report: respond(reportOf([finding]), demandsOf(judged)).report, lines: () => [], responding: judged }),
    })
    expect([hooked, log.join()]).toEqual([[], expect.stringContaining('has moved on')])
  })

  test('of a commit is sent for the default branch alone', async () => {
    const text = policyText('{ type: alert }', '{ type: label, params: { label: x } }')
    const sha = repository.branches.get('main') ?? ''
    const payload = { repository: { full_name: 'acme/shop', default_branch: 'main' }, before: sha, after: sha }
    for (const ref of ['refs/heads/main', 'refs/heads/other'])
      await run(text, [finding], { event: { name: 'push', payload: { ...payload, ref } } })
    expect([hooked.length, pull.labels]).toEqual([1, []])
  })
})

describe('on the pull request', () => {
  test('labels are added once: who takes one off is not contradicted', async () => {
    const text = policyText('{ type: label, params: { labels: [security, gate] } }')
    await run(text)
    expect(pull.labels).toEqual(['security', 'gate'])
    pull.labels.splice(0)
    push()
    await run(text)
    expect([pull.labels, sent('POST', /\/labels$/u)]).toEqual([[], 1])
  })

  test('reviewers are asked once, and the author is none', async () => {
    const text = policyText('{ type: assign_reviewers, params: { reviewers: [contributor, reviewer], teams: [security] } }')
    await run(text)
    push()
    await run(text)
    expect(pull.requested).toEqual(['reviewer', 'team security'])
  })

  test('a reviewer whom GitHub refuses is a gap', async () => {
    const { verdict } = await run(policyText('{ type: assign_reviewers, params: { reviewers: [stranger] } }').replace('critical', 'low'), [
      findingOn('shop.yaml', 5, { severity: 'low', blocking: false }),
    ])
    expect([verdict, summary()]).toEqual(['incomplete', expect.stringContaining('collaborator')])
  })

  test('changes are requested while a rule asks for them, and the request is withdrawn after', async () => {
    const text = policyText('{ type: request_changes, params: { message: Talk to us. } }')
    await run(text)
    push()
    await run(text)
    expect(pull.reviews.filter(({ state }) => state === 'CHANGES_REQUESTED').map(({ body }) => body)).toEqual([
      expect.stringContaining('Talk to us.'),
    ])
    push()
    await run(text, [])
    expect(pull.reviews.filter(({ body }) => body !== '').map(({ state }) => state)).toEqual(['DISMISSED'])
  })

  test("another's request for changes is left alone", async () => {
    pull.reviews.push({
      id: 1,
      nodeId: 'PRR_1',
      author: 'reviewer',
      body: '<!-- portcullis-changes -->',
      state: 'CHANGES_REQUESTED',
      commit: pull.head.sha,
    })
    await run(policyText('{ type: request_changes }'), [])
    expect(pull.reviews.map(({ state }) => state)).toEqual(['CHANGES_REQUESTED'])
  })
})

describe('an issue', () => {
  const text = policyText('{ type: open_issue, params: { title: Critical findings, labels: [security], assignees: [reviewer] } }')

  test('is opened once, and kept up to date', async () => {
    await run(text)
    expect(repository.issues).toMatchObject([{ title: 'Critical findings', labels: ['security'], assignees: ['reviewer'], state: 'open' }])
    push()
    await run(text)
    expect(sent('PATCH', /\/issues\/\d+$/u)).toBe(0)
    await run(text, [finding, findingOn('shop.yaml', 7, { severity: 'critical', fingerprint: 'another' })])
    expect([repository.issues.length, sent('PATCH', /\/issues\/\d+$/u)]).toEqual([1, 1])
    expect(repository.issues[0]?.body).toContain('shop.yaml:7')
  })

  test('is known again where there is no GraphQL', async () => {
    github.absent.add('graphql')
    await run(text)
    push()
    await run(text)
    expect(repository.issues).toHaveLength(1)
  })

  test('that somebody closed stays closed, and no other is opened', async () => {
    await run(text)
    for (const issue of repository.issues) issue.state = 'closed'
    await run(text)
    expect(repository.issues.map(({ state }) => state)).toEqual(['closed'])
    expect(summary()).toContain('was closed, and stays so')
  })

  test('that somebody else wrote is not ours, whatever it says', async () => {
    await run(text)
    const [ours] = repository.issues.splice(0)
    repository.issues.push({ ...(ours as NonNullable<typeof ours>), number: 5, author: 'contributor' })
    await run(text)
    expect(repository.issues.map(({ author }) => author)).toEqual(['contributor', 'github-actions[bot]'])
  })

  test('that the token may not open is a gap that says which right is lacking', async () => {
    const low = [findingOn('shop.yaml', 5, { severity: 'low', blocking: false })]
    const { verdict } = await run(text.replace('critical', 'low'), low, { token: github.token(workflowRights) })
    expect([verdict, summary()]).toEqual(['incomplete', expect.stringContaining('issues: write')])
  })

  test('has no text of others that is more than text', async () => {
    const hostile = { ...finding, title: '<img src=x> @everyone [x](https://evil.example)\n\n# heading', rule: '`a`<!--' }
    await run(text, [hostile])
    const lines = (repository.issues[0]?.body ?? '').split('\n')
    expect(lines.filter((line) => /^#|<img|@everyone/u.test(line))).toEqual([])
    expect(lines.filter((line) => line.startsWith('<!--'))).toHaveLength(1)
  })
})

test('what GitHub did not give counts for the rules as what the gate found does', async () => {
  const responding = await policyOf(policyText('{ type: block }').replace('severity == critical', 'gaps > 0'))
  const judged = { report: respond(reportOf([]), demandsOf(responding)).report, lines: () => [], responding }
  const { report } = withGaps(judged, [{ subject: 'pull request', message: 'too many files', locations: [] }])
  expect([judged.report.verdict, report.verdict, report.reasons]).toEqual([
    'pass',
    'block',
    ['blocked by the response rule gaps > 0', 'pull request: too many files'],
  ])
})

describe('for a fork', () => {
  const publish = (report: unknown) => {
    const runId = github.workflowRun(repository, {
      pull,
      artifacts: { 'portcullis-report': zipOf({ 'report.json': JSON.stringify(report) }) },
    })
    return replay(github, repository, pull, {
      ...{ token: github.token(rights), environment, inputs: { mode: 'publish' } },
      event: { name: 'workflow_run', payload: { repository: { full_name: 'acme/shop' }, workflow_run: { id: runId } } },
    })
  }
  const withPolicy = (text: string, head: Record<string, string> = {}) => {
    repository = github.repository('acme/shop', { 'shop.yaml': numbered(10), '.portcullis.yaml': text })
    pull = github.pull(
      repository,
      { 'shop.yaml': numbered(10, { 5: 'privileged: true' }), '.portcullis.yaml': text, ...head },
      { fork: 'contributor/shop' },
    )
  }
  const waiting = (report: Report) => report.responses?.map(({ state }) => state)

  test('the run that may only read sends nothing, and the one that publishes does', async () => {
    const text = policyText('{ type: alert }', '{ type: label, params: { label: x } }')
    withPolicy(text)
    await run(text, [finding], { token: github.token(readOnly), withResults: true })
    expect([hooked, pull.labels]).toEqual([[], []])
    const zip = github.stored('portcullis-report') ?? Buffer.alloc(0)
    const runId = github.workflowRun(repository, { pull, artifacts: { 'portcullis-report': zip } })
    await replay(github, repository, pull, {
      ...{ token: github.token(rights), environment, inputs: { mode: 'publish' } },
      event: { name: 'workflow_run', payload: { repository: { full_name: 'acme/shop' }, workflow_run: { id: runId } } },
    })
    expect([hooked.length, pull.labels]).toEqual([1, ['x']])
  })

  test('what the report says of responses is not believed: the policy of the base decides', async () => {
    withPolicy('failOn: high\n', { '.portcullis.yaml': policyText('{ type: alert }') })
    const forged = {
      ...reportOf([finding]),
      responses: [{ condition: 'gaps == 0', action: 'alert', channel: 'slack', state: 'waiting', detail: 'send it' }],
    }
    expect(waiting(forged as Report)).toEqual(['waiting'])
    const { verdict } = await publish(forged)
    expect([verdict, hooked, summary().includes('send it')]).toEqual(['block', [], false])
  })

  test.each([
    ['more than there can be', Array.from({ length: 30_000 }, () => ({ condition: 'a', action: 'b', state: 'taken', detail: 'c' }))],
    ['of a state that there is not', [{ condition: 'a', action: 'b', state: 'done', detail: 'c' }]],
    ['that say that they block, and do not', [{ condition: 'a', action: 'block', state: 'taken', detail: 'c' }]],
  ])('responses %s are refused with their report', async (_, responses) => {
    withPolicy('failOn: high\n')
    const { error } = await publish({ ...reportOf([]), responses })
    expect(error).toMatchObject({ code: 'untrusted-artifact' })
  })

  test('a rule of the base is held against the report, whatever that says', async () => {
    withPolicy(policyText('{ type: block }').replace('critical', 'low'))
    const low = findingOn('shop.yaml', 5, { severity: 'low', blocking: false })
    const { verdict } = await publish(reportOf([low]))
    expect([verdict, repository.checkRuns.at(-1)?.conclusion]).toEqual(['block', 'failure'])
  })

  test('a policy of the base that cannot be read publishes no verdict', async () => {
    withPolicy('responses: [{ condition: "severity ==", actions: [{ type: block }] }]\n')
    const { error } = await publish(reportOf([]))
    expect(error?.message).toContain('.portcullis.yaml:1')
    expect(repository.checkRuns.at(-1)?.conclusion).toBe('failure')
  })

  test('rules in the ConfigMap form are read beside the policy of the base', async () => {
    repository = github.repository('acme/shop', {
      'shop.yaml': numbered(10),
      'response-policy.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\ndata:\n  policy.yaml: |\n    response_rules: [{ condition: "gaps == 0", actions: [{ type: "label", params: { label: "x" } }] }]\n',
    })
    pull = github.pull(repository, { 'shop.yaml': numbered(10, { 5: 'y' }), 'response-policy.yaml': '' }, { fork: 'contributor/shop' })
    await publish(reportOf([]))
    expect(pull.labels).toEqual(['x'])
  })
})

test.skipIf(!hasOpenapi)("the requests are as GitHub's description has them", () => {
  expect(recorded.some(({ template }) => template?.endsWith('/dismissals'))).toBe(true)
  expect(openapiProblems(recorded)).toEqual([])
})
