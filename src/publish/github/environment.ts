/** What the runner tells a step by its environment. https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { quote, UsageError } from '../../findings.ts'
import { isLoopbackHost } from '../../http-address.ts'
import type { ResultsService } from './artifact-upload.ts'

export interface JobEnvironment {
  readonly event: { readonly name: string; readonly payload: unknown; readonly sha?: string; readonly ref?: string }
  readonly apiUrl: string
  readonly serverUrl?: string
  readonly results?: ResultsService
  readonly runUrl?: string
  /** `owner/name`. */
  readonly repository: string
  /** True in the step that runs when the job ends, which has the state that the first one saved. */
  readonly isCleanup: boolean
  readonly workspace: string
  /** Between writes; none on a loopback address, where no GitHub is. */
  readonly betweenWritesMilliseconds: number
}

/** GitHub cuts payloads at 25 MB. https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
const payloadLimitBytes = 25 * 1024 * 1024

/** Throws UsageError where this is no job of GitHub Actions. */
export async function readEnvironment(environment: NodeJS.ProcessEnv): Promise<JobEnvironment> {
  const apiUrl = addressOf(environment, 'GITHUB_API_URL')
  const serverUrl = environment.GITHUB_SERVER_URL ? addressOf(environment, 'GITHUB_SERVER_URL') : undefined
  const { ACTIONS_RESULTS_URL: resultsUrl, ACTIONS_RUNTIME_TOKEN: runtimeToken } = environment
  const { GITHUB_REPOSITORY: repository = '', GITHUB_RUN_ID: run, GITHUB_SHA: sha, GITHUB_REF: ref, STATE_began: began } = environment
  return {
    event: {
      name: required(environment, 'GITHUB_EVENT_NAME'),
      payload: await readPayload(required(environment, 'GITHUB_EVENT_PATH')),
      ...(sha && { sha }),
      ...(ref && { ref }),
    },
    apiUrl,
    ...(serverUrl && { serverUrl }),
    ...(resultsUrl && runtimeToken && { results: { url: addressOf(environment, 'ACTIONS_RESULTS_URL'), token: runtimeToken } }),
    ...(serverUrl && repository && run && { runUrl: `${serverUrl}/${repository}/actions/runs/${run}` }),
    repository,
    isCleanup: began !== undefined,
    workspace: resolve(environment.GITHUB_WORKSPACE ?? '.'),
    betweenWritesMilliseconds: isLoopbackHost(new URL(apiUrl).hostname) ? 0 : 1000,
  }
}

async function readPayload(path: string): Promise<unknown> {
  try {
    const { size } = await stat(path)
    if (size > payloadLimitBytes) throw new Error(`it has ${size} bytes, at most ${payloadLimitBytes} are read`)
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(`the event of GITHUB_EVENT_PATH cannot be read: ${reason}`, { cause: error })
  }
}

function addressOf(environment: NodeJS.ProcessEnv, name: string): string {
  const text = required(environment, name)
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw new UsageError(`${name} ${quote(text)} is not an address`)
  return text.replace(/\/+$/, '')
}

function required(environment: NodeJS.ProcessEnv, name: string): string {
  const value = environment[name]
  if (!value)
    throw new UsageError(`${name} is not set: this runs as a step of a GitHub Actions job; \`portcullis check\` is the same at a desk`)
  return value
}
