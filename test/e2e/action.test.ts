/** The packaged Action as the runner starts it: a child process with an environment, an event file and command files. */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Files, type GitHubStandIn, githubStandIn, type Pull, type Repository, readOnly, workflowRights } from '../builders/github.ts'

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
}

async function runStep(
  repository: Repository,
  pull: Pull,
  inputs: Readonly<Record<string, string>>,
  eventName = 'pull_request',
): Promise<Step> {
  const checkout = join(workspace, 'checkout')
  for (const [path, bytes] of repository.commits.get(pull.head.sha)?.files ?? []) {
    mkdirSync(dirname(join(checkout, path)), { recursive: true })
    writeFileSync(join(checkout, path), bytes)
  }
  const files = { event: join(workspace, 'event.json'), output: join(workspace, 'output'), summary: join(workspace, 'summary') }
  writeFileSync(files.event, JSON.stringify(github.event(repository, pull)))
  writeFileSync(files.output, '')
  writeFileSync(files.summary, '')
  const env = {
    PATH: process.env.PATH ?? '',
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: github.url,
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_REPOSITORY: `${repository.owner}/${repository.name}`,
    GITHUB_RUN_ID: '7',
    GITHUB_EVENT_NAME: eventName,
    GITHUB_EVENT_PATH: files.event,
    GITHUB_WORKSPACE: checkout,
    GITHUB_OUTPUT: files.output,
    GITHUB_STEP_SUMMARY: files.summary,
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  }
  const { status, stdout } = await new Promise<{ status: number | null; stdout: string }>((resolve) => {
    const child = execFile(process.execPath, [action], { env, cwd: checkout }, (_error, out) =>
      resolve({ status: child.exitCode, stdout: out }),
    )
  })
  return { status, stdout, outputs: readFileSync(files.output, 'utf8'), summary: readFileSync(files.summary, 'utf8') }
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
    const step = await runStep(repository, pull, { token: github.token(workflowRights) }, 'pull_request_target')
    expect({ status: step.status, told: step.stdout.includes('workflow_run with mode: publish') }).toEqual({ status: 1, told: true })
  })
})
