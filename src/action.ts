/** The Action's door: inputs and environment in, exit status out. */
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as core from '@actions/core'
import { prepareCheck } from './gate/prepare.ts'
import { ruleTexts } from './gate/rule-texts.ts'
import { check } from './gate/run.ts'
import { createHttp } from './http-client.ts'
import { readEnvironment } from './publish/github/environment.ts'
import { readInputs } from './publish/github/inputs.ts'
import { jobRunner } from './publish/github/job.ts'
import { runAction } from './publish/github/run.ts'
import { workingTree } from './repo/working-tree.ts'
import { version } from './version.ts'

// Whatever ends this process before a verdict is known must not look like a pass.
process.exitCode = 1

const runner = jobRunner(core)
const cancelled = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => cancelled.abort(new Error('the job was cancelled')))
const { signal } = cancelled

try {
  const inputs = readInputs((name) => core.getInput(name))
  if (inputs.token !== '') core.setSecret(inputs.token)
  const job = await readEnvironment(process.env)
  const path = resolve(job.workspace, inputs.path)
  const now = new Date()
  const forGitHub = createHttp({ environment: process.env })
  const forJudging = createHttp({ offline: inputs.call.offline === true, environment: process.env })
  const verdict = await runAction({
    ...job,
    inputs,
    address: { apiUrl: job.apiUrl, token: inputs.token },
    http: forGitHub,
    pace: { ...job, now: Date.now, sleep: (milliseconds, stop) => wait(milliseconds, undefined, { signal: stop }) },
    signal,
    runner,
    head: workingTree(path),
    judge: async (baseTree) =>
      check(await prepareCheck(path, inputs.call, { http: forJudging, now, signal, ...(baseTree && { baseTree }) })),
    context: { width: 100, colour: false, version, rules: await ruleTexts(), today: now.toISOString().slice(0, 10) },
  })
  if (verdict === 'pass') process.exitCode = 0
  forGitHub.close()
  forJudging.close()
} catch (error) {
  runner.annotate({ level: 'error', title: 'Portcullis judged nothing', message: error instanceof Error ? error.message : String(error) })
}
