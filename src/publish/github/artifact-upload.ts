/**
 * Stores the report as an artifact of the run, as `actions/upload-artifact` does: announced to the runner's results service, put where that says, and
 * finished there. https://github.com/actions/toolkit/tree/main/packages/artifact
 */
import { createHash } from 'node:crypto'
import type { HttpClient } from '../../http.ts'
import { PublishError } from './errors.ts'
import { zipOne } from './zip-one.ts'

export interface ResultsService {
  /** `ACTIONS_RESULTS_URL` */
  readonly url: string
  /** `ACTIONS_RUNTIME_TOKEN` */
  readonly token: string
}

const answerLimitBytes = 1024 * 1024
const service = 'github.actions.results.api.v1.ArtifactService'
/** Of the artifact's form; the one that the REST API lists. */
const artifactVersion = 4

/** Throws PublishError and HttpError. */
export async function storeArtifact(
  results: ResultsService,
  http: HttpClient,
  name: string,
  file: string,
  content: Uint8Array,
): Promise<void> {
  const packed = zipOne(file, content)
  const run = runOf(results.token)
  const call = (method: string, fields: object): Promise<Readonly<Record<string, unknown>>> =>
    ask(results, http, method, { ...run, name, ...fields })
  const { signed_upload_url: target } = await call('CreateArtifact', { version: artifactVersion })
  if (typeof target !== 'string' || !URL.canParse(target))
    throw new PublishError('refused', `artifact ${name}: no place to put it was given`)
  // The address has its own signature: the token stays here.
  const stored = await http.send({
    method: 'PUT',
    url: new URL(target),
    headers: { 'content-type': 'zip', 'x-ms-blob-type': 'BlockBlob' },
    body: packed,
  })
  await stored.discard()
  if (stored.status !== 201) throw new PublishError('refused', `artifact ${name}: the storage answered ${stored.status}, expected 201`)
  const hash = `sha256:${createHash('sha256').update(packed).digest('hex')}`
  const { ok } = await call('FinalizeArtifact', { size: String(packed.length), hash })
  if (ok !== true) throw new PublishError('refused', `artifact ${name}: it was stored and not taken`)
}

async function ask(
  { url, token }: ResultsService,
  http: HttpClient,
  method: string,
  fields: object,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await http.send({
    method: 'POST',
    url: new URL(`/twirp/${service}/${method}`, url),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(fields),
  })
  const text = Buffer.from(await response.bytes(answerLimitBytes)).toString()
  if (response.status !== 200)
    throw new PublishError('refused', `${method}: the runner's service answered ${response.status}: ${text.slice(0, 200)}`)
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** The service's names of the run and the job, which the token's scopes have: `Actions.Results:RUN:JOB`. RFC 7519 */
function runOf(token: string): { readonly workflow_run_backend_id: string; readonly workflow_job_run_backend_id: string } {
  const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
  const [, run, job] = /"scp"\s*:\s*"(?:[^"]* )?Actions\.Results:([\w-]+):([\w-]+)[ "]/.exec(claims) ?? []
  if (!run || !job) throw new PublishError('refused', "the runner's token names no run")
  return { workflow_run_backend_id: run, workflow_job_run_backend_id: job }
}
