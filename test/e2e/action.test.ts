/** The packaged Action as the runner starts it: a child process with an environment, an event file and command files. */
import { type ChildProcess, execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { osvRecord } from '../builders/advisories.ts'
import { type Files, type GitHubStandIn, githubStandIn, type Pull, type Repository, readOnly, workflowRights } from '../builders/github.ts'
import { buildImage } from '../builders/image.ts'
import { apkDatabase } from '../builders/package-databases.ts'
import { startRegistry } from '../builders/registry.ts'

const action = join(process.env.DIST ?? join(import.meta.dirname, '../../dist'), 'action.js')
const privileged = (flag: string) => `apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  containers:
    - name: shop
      image: registry.example/shop@sha256:${'0'.repeat(64)}
      securityContext:
        privileged: ${flag}
`

let github: GitHubStandIn
let workspace: string
beforeEach(async () => {
  github = await githubStandIn()
  workspace = mkdtempSync(join(tmpdir(), 'action-'))
})
afterEach(async () => {
  await github.close()
  rmSync(workspace, { recursive: true })
})

interface Step {
  readonly status: number | null
  readonly stdout: string
  readonly outputs: string
  readonly summary: string
  readonly state: Readonly<Record<string, string>>
}

interface StepOptions {
  readonly eventName?: string
  readonly payload?: unknown
  /** What the runner's service for artifacts is asked with. */
  readonly withResults?: boolean
  /** The state of an earlier step: this one runs when the job ends. */
  readonly state?: Readonly<Record<string, string>>
  readonly onStart?: (child: ChildProcess) => void
}

/** As a runner does: inputs, the event and the command files by the environment. */
async function runStep(
  repository: Repository,
  pull: Pull,
  inputs: Readonly<Record<string, string>>,
  options: StepOptions = {},
): Promise<Step> {
  const checkout = join(workspace, 'checkout')
  for (const [path, bytes] of repository.commits.get(pull.head.sha)?.files ?? []) {
    mkdirSync(dirname(join(checkout, path)), { recursive: true })
    writeFileSync(join(checkout, path), bytes)
  }
  const files = {
    event: join(workspace, 'event.json'),
    output: join(workspace, 'output'),
    summary: join(workspace, 'summary'),
    state: join(workspace, 'state'),
  }
  writeFileSync(files.event, JSON.stringify(options.payload ?? github.event(repository, pull)))
  for (const file of [files.output, files.summary, files.state]) writeFileSync(file, '')
  const env = {
    PATH: process.env.PATH ?? '',
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: github.url,
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_REPOSITORY: `${repository.owner}/${repository.name}`,
    GITHUB_RUN_ID: '7',
    GITHUB_EVENT_NAME: options.eventName ?? 'pull_request',
    GITHUB_EVENT_PATH: files.event,
    GITHUB_WORKSPACE: checkout,
    GITHUB_OUTPUT: files.output,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_STATE: files.state,
    ...(options.withResults && { ACTIONS_RESULTS_URL: github.results.url, ACTIONS_RUNTIME_TOKEN: github.results.token }),
    ...Object.fromEntries(Object.entries(options.state ?? {}).map(([name, value]) => [`STATE_${name}`, value])),
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  }
  const { status, stdout } = await new Promise<{ status: number | null; stdout: string }>((resolve) => {
    const child = execFile(process.execPath, [action], { env, cwd: checkout }, (_error, out) =>
      resolve({ status: child.exitCode, stdout: out }),
    )
    options.onStart?.(child)
  })
  const read = (file: string): string => readFileSync(file, 'utf8')
  return { status, stdout, outputs: read(files.output), summary: read(files.summary), state: stateOf(read(files.state)) }
}

/** `name<<DELIMITER`, the value, the delimiter. */
function stateOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/^(\w+)<<(\S+)\n([\s\S]*?)\n?\2$/gm)].map(([, name = '', , value = '']) => [name, value]))
}

function opened(base: Files, head: Files): { repository: Repository; pull: Pull } {
  const repository = github.repository('acme/shop', base)
  return { repository, pull: github.pull(repository, head) }
}

describe.skipIf(!existsSync(action))('dist/action.js', () => {
  test('fails the step, comments on the line and blocks the commit when a container becomes privileged', async () => {
    const { repository, pull } = opened({ 'pod.yaml': privileged('false') }, { 'pod.yaml': privileged('true') })
    const step = await runStep(repository, pull, { token: github.token(workflowRights), checks: 'manifests' })
    expect({ status: step.status, outputs: step.outputs.includes('block') }).toEqual({ status: 1, outputs: true })
    expect(pull.threads.map(({ path, line }) => [path, line])).toContainEqual(['pod.yaml', 10])
    expect(repository.statuses.at(-1) ?? repository.checkRuns.at(-1)).toMatchObject({ sha: pull.head.sha })
    expect(step.summary).toContain('container "shop" runs privileged')
  })

  test('passes a change that adds nothing to what the base has', async () => {
    const { repository, pull } = opened({ 'pod.yaml': privileged('true') }, { 'pod.yaml': privileged('true'), 'README.md': 'shop\n' })
    const step = await runStep(repository, pull, { token: github.token(workflowRights), checks: 'manifests' })
    expect({ status: step.status, threads: pull.threads }).toEqual({ status: 0, threads: [] })
  })

  test('cannot be loosened by the policy of the pull request', async () => {
    const { repository, pull } = opened(
      { 'pod.yaml': privileged('false') },
      { 'pod.yaml': privileged('true'), '.portcullis.yaml': 'failOn: never\n' },
    )
    expect((await runStep(repository, pull, { token: github.token(workflowRights), checks: 'manifests' })).status).toBe(1)
  })

  test('cannot be loosened by an edit of the policy that the workflow names', async () => {
    const { repository, pull } = opened(
      { 'pod.yaml': privileged('false'), 'ci/policy.yaml': 'failOn: high\n' },
      { 'pod.yaml': privileged('true'), 'ci/policy.yaml': 'failOn: never\n' },
    )
    const step = await runStep(repository, pull, { token: github.token(workflowRights), checks: 'manifests', policy: 'ci/policy.yaml' })
    expect({ status: step.status, outputs: step.outputs.includes('block') }).toEqual({ status: 1, outputs: true })
    expect(step.summary).toContain('ci/policy.yaml')
  })

  test('blocks by what was disclosed since the base was committed, weeks ago, and tells it at the line of the image', async () => {
    const vector = { severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N' }] }
    const daysAgo = (days: number) => Date.now() - days * 86_400_000
    const published = new Date(daysAgo(20)).toISOString()
    const of = { name: 'openssl', events: ['introduced 0'], ecosystem: 'Alpine:v3.20', with: { ...vector, published } }
    mkdirSync(join(workspace, 'advisories'))
    writeFileSync(join(workspace, 'advisories/CVE-2026-1.json'), JSON.stringify(osvRecord({ id: 'CVE-2026-1', ...of })))
    const registry = await startRegistry()
    const files = { 'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.3\n', 'lib/apk/db/installed': apkDatabase({ openssl: '3.3.1-r0' }) }
    registry.push('acme/shop', '1', buildImage({ layers: [{ files }] }))
    const pod = (name: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n    - name: shop\n      image: ${registry.host}/acme/shop:1\n`
    const policy = { '.portcullis.yaml': 'newlyDisclosed: block\n' }
    const { repository, pull } = opened({ ...policy, 'pod.yaml': pod('old') }, { ...policy, 'pod.yaml': pod('new') })
    const base = repository.commits.get(repository.branches.get('main') ?? '')
    const inputs = { token: github.token(workflowRights), checks: 'images', advisories: join(workspace, 'advisories') }
    const statuses: (number | null)[] = []
    for (const days of [10, 30]) {
      if (base) base.committedAt = daysAgo(days)
      statuses.push((await runStep(repository, pull, inputs)).status)
    }
    await registry.close()
    expect([statuses, pull.threads.map(({ path }) => path)]).toEqual([[0, 1], ['pod.yaml']])
    expect(pull.threads[0]?.comments[0]?.body).toContain('CVE-2026-1')
  })

  test('keeps annotations and the job summary with a token that may only read, and never prints the token', async () => {
    const { repository, pull } = opened({ 'pod.yaml': privileged('false') }, { 'pod.yaml': privileged('true') })
    const token = github.token(readOnly)
    const step = await runStep(repository, pull, { token, checks: 'manifests' })
    expect(step.status).toBe(1)
    expect(step.stdout).toMatch(/^::error .*file=pod\.yaml/m)
    expect(step.stdout).toContain('pull-requests: write')
    expect(step.stdout.split('\n').filter((line) => line.includes(token))).toEqual([`::add-mask::${token}`])
  })

  test('refuses pull_request_target, with the safe way', async () => {
    const { repository, pull } = opened({ 'pod.yaml': privileged('false') }, { 'pod.yaml': privileged('true') })
    const step = await runStep(repository, pull, { token: github.token(workflowRights) }, { eventName: 'pull_request_target' })
    expect({ status: step.status, told: step.stdout.includes('workflow_run with mode: publish') }).toEqual({ status: 1, told: true })
  })

  test('tells a fork by two workflows: one that may only read and judges, one that may write and judges nothing', async () => {
    const repository = github.repository('acme/shop', { 'pod.yaml': privileged('false') })
    const pull = github.pull(repository, { 'pod.yaml': privileged('true') }, { fork: 'contributor/shop' })
    const first = await runStep(repository, pull, { token: github.token(readOnly), checks: 'manifests' }, { withResults: true })
    expect({ status: first.status, threads: pull.threads }).toEqual({ status: 1, threads: [] })
    expect(first.stdout.split('\n').filter((line) => line.includes(github.results.token))).toEqual([`::add-mask::${github.results.token}`])
    const id = github.workflowRun(repository, {
      pull,
      artifacts: { 'portcullis-report': github.stored('portcullis-report') ?? Buffer.alloc(0) },
    })
    const payload = { repository: { full_name: 'acme/shop' }, workflow_run: { id } }
    const second = await runStep(
      repository,
      pull,
      { token: github.token(workflowRights), mode: 'publish' },
      { eventName: 'workflow_run', payload },
    )
    expect(second.status).toBe(1)
    expect(pull.threads.map(({ path, line }) => [path, line])).toContainEqual(['pod.yaml', 10])
    expect(repository.checkRuns).toMatchObject([{ sha: pull.head.sha, conclusion: 'failure' }])
  })

  test.each(['SIGINT', 'SIGKILL'] as const)('leaves nothing pending when it is stopped by %s', async (signal) => {
    const { repository, pull } = opened({ 'pod.yaml': privileged('false') }, { 'pod.yaml': privileged('true') })
    const token = github.token(workflowRights)
    let child: ChildProcess | undefined
    // While it waits for the list of files, the verdict is pending.
    github.onRequest(async ({ path }) => {
      if (!path.endsWith('/files') || child?.killed) return
      child?.kill(signal)
      await new Promise((resolve) => child?.once('exit', resolve))
    })
    const main = await runStep(repository, pull, { token, checks: 'manifests' }, { onStart: (started) => (child = started) })
    expect(main.status === 0).toBe(false)
    const post = await runStep(repository, pull, { token, checks: 'manifests' }, { state: main.state })
    expect(post.status).toBe(0)
    expect(repository.checkRuns).toMatchObject([{ status: 'completed', conclusion: 'failure' }])
  })

  test('asks at most 60 times for 40 findings, and 12 times when they are on the pull request already', async () => {
    const pods = (flag: string) =>
      Object.fromEntries(
        Array.from({ length: 40 }, (_, index) => [`pods/${index}.yaml`, privileged(flag).replace('name: shop', `name: shop-${index}`)]),
      )
    const { repository, pull } = opened(pods('false'), pods('true'))
    const step = () => runStep(repository, pull, { token: github.token(workflowRights), checks: 'manifests' })
    await step()
    const first = github.requests.length
    expect((await step()).status).toBe(1)
    expect(github.requests.length - first).toBeLessThanOrEqual(12)
    expect(first).toBeLessThanOrEqual(60)
  })
})
