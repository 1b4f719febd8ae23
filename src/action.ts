/** The Action's door, of its step and of the step that cleans up after it: inputs and environment in, exit status out. */
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as core from '@actions/core'
import { prepareCheck } from './gate/prepare.ts'
import { check } from './gate/run.ts'
import { createHttp } from './http-client.ts'
import { readEnvironment } from './publish/github/environment.ts'
import { readInputs } from './publish/github/inputs.ts'
import { jobRunner } from './publish/github/job.ts'
import { finishLeftover, markState, runAction } from './publish/github/run.ts'
import { beginTelemetry } from './publish/observability/telemetry.ts'
import { workingTree } from './repo/working-tree.ts'
import { newestVersion } from './report/newest.ts'
import { codeDigest, version } from './version.ts'

// Whatever ends this process before a verdict is known must not look like a pass.
process.exitCode = 1
// The last step of the job knows by this that it is not the first.
core.saveState('began', 'true')

const runner = jobRunner(core, (text) => process.stdout.write(text))
const cancelled = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => cancelled.abort(new Error('the job was cancelled')))
const { signal } = cancelled

try {
  const inputs = readInputs((name) => core.getInput(name) || (name === 'token' ? (process.env.GITHUB_TOKEN ?? '') : ''))
  if (inputs.token !== '') core.setSecret(inputs.token)
  const job = await readEnvironment(process.env)
  if (job.results) core.setSecret(job.results.token)
  const path = resolve(job.workspace, inputs.path)
  const now = new Date()
  const pace = {
    ...job,
    now: Date.now,
    sleep: (milliseconds: number, stop: AbortSignal) => wait(milliseconds, undefined, { signal: stop }),
  }
  const world = { ...job, address: { apiUrl: job.apiUrl, token: inputs.token }, http: createHttp({ environment: process.env }), pace }
  const http = createHttp({ offline: inputs.call.offline === true, environment: process.env })
  if (job.isCleanup) {
    await finishLeftover(world, job.repository, core.getState(markState))
    process.exitCode = 0
  } else {
    const { metricsFile } = inputs.telemetry
    const telemetry = await beginTelemetry(
      { ...inputs.telemetry, ...(metricsFile && { metricsFile: resolve(job.workspace, metricsFile) }) },
      {
        environment: process.env,
        write: (text) => runner.say(text.trimEnd()),
        openHttp: () => createHttp({ offline: inputs.call.offline === true, environment: process.env }),
      },
    )
    const verdict = await runAction({
      ...world,
      inputs,
      signal,
      environment: process.env,
      runner,
      telemetry,
      head: workingTree(path),
      judge: async (baseTree, baseFiles, baseTime) =>
        check(
          await prepareCheck(path, inputs.call, {
            ...telemetry.counting({ http, environment: process.env, now, signal, note: runner.say }),
            ...(codeDigest && { code: `${codeDigest} ${process.version}` }),
            ...(baseTree && { baseTree }),
            ...(baseFiles && { baseFiles }),
            ...(baseTime === undefined ? {} : { baseTime }),
          }),
        ),
      context: {
        width: 100,
        colour: false,
        version,
        rules: (await import('./gate/rule-texts.ts')).ruleTexts(),
        newest: newestVersion,
        today: now.toISOString().slice(0, 10),
      },
    })
    if (verdict === 'pass' || verdict === undefined) process.exitCode = 0
  }
  for (const client of [world.http, http]) client.close()
} catch (error) {
  runner.annotate({ level: 'error', title: 'Portcullis judged nothing', message: error instanceof Error ? error.message : String(error) })
}
// What was cancelled may still have work in hand.
if (signal.aborted) process.exit()
