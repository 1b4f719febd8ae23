/** Response rules at a desk and in a pipeline: what is decided always, and sent when it is asked for. */
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../src/findings.ts'
import { type GitHubStandIn, githubStandIn, workflowRights } from '../builders/github.ts'
import { type Receiver, startReceiver } from '../builders/receiver.ts'
import { type Folder, temporaryFolder } from '../builders/tree.ts'

const cli = new URL('../../src/cli.ts', import.meta.url).pathname
const pod =
  'apiVersion: v1\nkind: Pod\nmetadata: { name: shop }\nspec: { containers: [{ name: main, image: "ghcr.io/acme/shop:1", securityContext: { privileged: true } }] }\n'
const policy = `failOn: never
responses:
  - condition: rule == "pod-security/privileged"
    actions: [{ type: alert }, { type: label, params: { label: security } }, { type: pod_quarantine }]
alerts: { slack: { webhookFrom: SLACK } }
handover: { urlFrom: SLACK, secretFrom: KEY }
`

const author = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.com' }

let folder: Folder
let receiver: Receiver
beforeAll(async () => {
  folder = temporaryFolder({ 'tree/pod.yaml': pod, 'tree/.portcullis.yaml': policy })
  receiver = await startReceiver()
})
afterAll(async () => {
  await receiver.close()
  folder[Symbol.dispose]()
})
beforeEach(() => {
  receiver.received.splice(0)
  receiver.answer = { status: 200 }
})

const environment = () => ({ SLACK: `${receiver.url}/very-secret`, KEY: 'a key that is long enough' })
const tree = () => join(folder.path, 'tree')

async function check(...call: readonly string[]): Promise<{ status: number | null; report: Report; errors: string }> {
  const run = await portcullis(['check', tree(), '--checks', 'manifests', '--format', 'json', ...call])
  return { status: run.status, errors: run.errors, report: run.output === '' ? (undefined as unknown as Report) : JSON.parse(run.output) }
}

const statesOf = (report: Report) => report.responses?.map(({ action, state }) => `${action} ${state}`)

describe('check', () => {
  test('sends nothing unless it is told to', async () => {
    const { status, report } = await check()
    expect([status, statesOf(report), receiver.received]).toEqual([0, ['alert waiting', 'label waiting', 'pod_quarantine waiting'], []])
  })

  test('sends what there is to send by --respond', async () => {
    const { status, report } = await check('--policy', join(tree(), '.portcullis.yaml'), '--respond')
    expect([status, statesOf(report)]).toEqual([0, ['alert taken', 'label waiting', 'pod_quarantine handed-over']])
    expect(receiver.received.map(({ path, headers }) => [path, 'webhook-signature' in headers]).sort()).toEqual([
      ['/very-secret', false],
      ['/very-secret', true],
    ])
    expect(JSON.stringify(report)).not.toContain('very-secret')
  })

  test('is incomplete where something could not be sent', async () => {
    receiver.answer = { status: 302, headers: { location: 'http://127.0.0.1:1/' } }
    const { status, report } = await check('--policy', join(tree(), '.portcullis.yaml'), '--respond')
    expect([status, report.verdict, report.gaps.map(({ message }) => message.includes('redirects are not followed'))]).toEqual([
      3,
      'incomplete',
      [true, true],
    ])
  })

  test('reaches no network for it with --offline', async () => {
    const { status, report } = await check('--policy', join(tree(), '.portcullis.yaml'), '--respond', '--offline')
    expect([status, receiver.received, report.gaps[0]?.message]).toEqual([3, [], expect.stringContaining('--offline')])
  })

  test('gives no secret to the policy of the tree that it judges', async () => {
    const { status, errors } = await check('--respond')
    expect([status, errors, receiver.received]).toEqual([
      2,
      'portcullis: --respond: needs the --base or the --policy that may say so\n',
      [],
    ])
  })
})

describe('publish', () => {
  let github: GitHubStandIn
  beforeAll(async () => {
    github = await githubStandIn()
  })
  afterAll(() => github.close())

  async function publish(...call: readonly string[]) {
    const repository = github.repository('acme/shop', { 'pod.yaml': 'kind: x\n' })
    const pull = github.pull(repository, { 'pod.yaml': pod })
    const [report, token] = [join(folder.path, 'report.json'), join(folder.path, 'token')]
    writeFileSync(token, github.token(workflowRights))
    await portcullis(['check', tree(), '--checks', 'manifests', '--format', 'json', '--output', report])
    const where = [
      '--repository',
      'acme/shop',
      '--number',
      '1',
      '--revision',
      pull.head.sha,
      '--token-file',
      token,
      '--api-url',
      github.url,
    ]
    const run = await portcullis(['publish', report, ...where, '--source', tree(), ...call])
    return { run, pull, written: JSON.parse(readFileSync(report, 'utf8')) as Report }
  }

  test('takes what the policy that it is given asks for', async () => {
    const { run, pull } = await publish('--policy', join(tree(), '.portcullis.yaml'))
    expect([run.status, pull.labels, receiver.received.length]).toEqual([0, ['security'], 2])
    expect(pull.comments[0]?.body).toContain('handed over')
  })

  test('takes what the policy asks for as it is at the base, in the folder that was judged', async () => {
    const git = (...call: string[]) =>
      execFileSync('git', ['-C', folder.path, ...call], { env: { ...process.env, ...author } })
        .toString()
        .trim()
    git('init', '--quiet')
    git('add', 'tree')
    git('commit', '--quiet', '--message', 'base')
    const base = git('rev-parse', 'HEAD')
    writeFileSync(join(tree(), '.portcullis.yaml'), 'failOn: never\n')
    try {
      const { run, pull } = await publish('--source', folder.path, '--path', 'tree', '--base', base)
      expect([run.status, pull.labels, receiver.received.length]).toEqual([0, ['security'], 2])
    } finally {
      writeFileSync(join(tree(), '.portcullis.yaml'), policy)
    }
  })

  test('does nothing by what a report says alone', async () => {
    const { run, pull, written } = await publish()
    expect([run.status, pull.labels, receiver.received.length]).toEqual([0, [], 0])
    expect(statesOf(written)).toEqual(['alert waiting', 'label waiting', 'pod_quarantine waiting'])
  })
})

function portcullis(call: readonly string[]): Promise<{ status: number | null; output: string; errors: string }> {
  const child = spawn(process.execPath, [cli, ...call], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment() },
    timeout: 60_000,
  })
  let [output, errors] = ['', '']
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  return new Promise((resolve) => {
    child.on('close', (status) => resolve({ status, output, errors }))
  })
}
