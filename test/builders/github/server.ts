/** The HTTP side: tokens, rights, pages, limits and switches, and a record of what was asked. */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type GitHubSchema, runGraphql } from './graphql.ts'
import { issueRoutes } from './issues.ts'
import { type Answer, type Call, type Page, Refusal, type Route, routes } from './rest.ts'
import type { Actor, Repository } from './state.ts'

export interface Recorded {
  readonly method: string
  /** With `/repos/OWNER/NAME`, without the query. */
  readonly path: string
  readonly query: string
  readonly login: string
  readonly body: unknown
  readonly status: number
  readonly answer: unknown
  readonly headers: Readonly<Record<string, string>>
  /** The route's name in the OpenAPI description. */
  readonly template: string | undefined
  readonly atMilliseconds: number
}

export interface Trouble {
  readonly method?: string
  readonly path?: RegExp
  readonly status: number
  readonly message?: string
  readonly headers?: Readonly<Record<string, string>>
  /** How many requests it hits. */
  readonly times: number
  /** How many matching requests pass before. */
  readonly after?: number
  /** The request is carried out, and the answer is lost. */
  readonly isDone?: boolean
}

export interface World {
  readonly repositories: Map<string, Repository>
  readonly tokens: Map<string, Actor>
  readonly requests: Recorded[]
  readonly troubles: { trouble: Trouble; left: number; skip: number }[]
  readonly storage: Map<string, Buffer>
  readonly schema: GitHubSchema
  /** Without GraphQL and check runs, as an old appliance. */
  readonly absent: Set<'graphql' | 'check-runs' | 'code-scanning'>
  readonly hooks: ((recorded: Recorded) => void | Promise<void>)[]
  nextId: () => number
}

interface Outcome {
  readonly status: number
  readonly body: unknown
  readonly raw?: Buffer
  readonly headers: Record<string, string>
  readonly template?: string
}

const requestLimitBytes = 30 * 1024 * 1024

export async function listen(world: World): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    void serve(world, request, response, `http://127.0.0.1:${portOf(server)}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `http://127.0.0.1:${portOf(server)}` }
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

async function serve(world: World, request: IncomingMessage, response: ServerResponse, api: string): Promise<void> {
  const url = new URL(request.url ?? '/', api)
  const method = request.method ?? 'GET'
  const body = await bodyOf(request)
  const actor = world.tokens.get((request.headers.authorization ?? '').replace(/^(token|bearer) /i, ''))
  const trouble = troubleOf(world, method, url.pathname)
  const act = async (): Promise<Outcome> => {
    try {
      return await outcomeOf(world, method, url, body, request.headers.accept ?? '', request.headers.authorization, actor, api)
    } catch (error) {
      if (error instanceof Refusal) return refusal(error)
      return { status: 500, body: { message: `the stand-in failed: ${String(error)}` }, headers: {} }
    }
  }
  const done = !trouble || trouble.isDone === true ? await act() : undefined
  const outcome = trouble
    ? refusal(new Refusal(trouble.status, trouble.message ?? 'Server Error', undefined, trouble.headers))
    : (done ?? refusal(new Refusal(500, 'nothing was done')))
  const recorded: Recorded = {
    method,
    path: decodeURIComponent(url.pathname),
    query: url.search,
    login: actor?.login ?? '',
    body,
    status: outcome.status,
    answer: outcome.raw ? undefined : outcome.body,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    template: outcome.template,
    atMilliseconds: Date.now(),
  }
  world.requests.push(recorded)
  for (const hook of world.hooks) await hook(recorded)
  const bytes = outcome.raw ?? (outcome.status === 204 ? Buffer.alloc(0) : Buffer.from(JSON.stringify(outcome.body ?? null)))
  response.writeHead(outcome.status, {
    // GitHub says UTF-8 of raw files, whatever they are.
    'content-type': url.pathname.startsWith('/storage/')
      ? 'application/zip'
      : outcome.raw
        ? 'application/vnd.github.raw+json; charset=utf-8'
        : 'application/json; charset=utf-8',
    'content-length': bytes.byteLength,
    'x-github-request-id': `${world.requests.length}`,
    ...outcome.headers,
  })
  response.end(bytes)
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).byteLength
    if (size <= requestLimitBytes) chunks.push(chunk as Buffer)
  }
  if (request.headers['x-ms-blob-type'] === 'BlockBlob') return Buffer.concat(chunks)
  const text = Buffer.concat(chunks).toString()
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    return text
  }
}

function troubleOf(world: World, method: string, path: string): Trouble | undefined {
  for (const entry of world.troubles) {
    const { trouble } = entry
    if (entry.left === 0 || (trouble.method && trouble.method !== method) || (trouble.path && !trouble.path.test(path))) continue
    if (entry.skip > 0) {
      entry.skip--
      continue
    }
    entry.left--
    return trouble
  }
  return undefined
}

function refusal(error: Refusal): Outcome {
  const body = {
    message: error.message,
    ...(error.errors && { errors: error.errors }),
    documentation_url: 'https://docs.github.com/rest',
    status: String(error.status),
  }
  return { status: error.status, body, headers: { ...error.headers } }
}

async function outcomeOf(
  world: World,
  method: string,
  url: URL,
  body: unknown,
  accept: string,
  authorization: string | undefined,
  actor: Actor | undefined,
  api: string,
): Promise<Outcome> {
  const stored = world.storage.get(url.pathname.replace(/^\/storage\//, ''))
  if (url.pathname.startsWith('/storage/') && stored) {
    if (authorization) throw new Refusal(400, 'credentials were sent to the storage')
    return { status: 200, body: undefined, raw: stored, headers: {} }
  }
  const service = await resultsService(world, method, url, body, authorization, api)
  if (service) return service
  if (!actor) throw new Refusal(401, authorization ? 'Bad credentials' : 'Requires authentication')
  if (typeof body !== 'object' || body === null) throw new Refusal(400, 'Problems parsing JSON')
  const fields = body as Record<string, unknown>
  if (url.pathname === '/graphql' && method === 'POST') {
    if (world.absent.has('graphql')) throw new Refusal(404, 'Not Found')
    const result = await runGraphql({
      schema: world.schema,
      repositories: world.repositories,
      actor,
      query: String(fields.query),
      variables: (fields.variables ?? {}) as Record<string, unknown>,
      nextId: world.nextId,
    })
    const errors = result.errors?.map((error) => ({ type: error.extensions.type, path: error.path, message: error.message }))
    return { status: 200, body: { data: result.data ?? null, ...(errors && { errors }) }, headers: {} }
  }
  if (url.pathname === '/user') throw new Refusal(403, 'Resource not accessible by integration')
  const [, owner = '', name = '', rest = ''] = /^\/repos\/([^/]+)\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? []
  const repository = world.repositories.get(`${decodeURIComponent(owner)}/${decodeURIComponent(name)}`)
  if (!repository) throw new Refusal(404, 'Not Found')
  const [route, params] = routeOf(world, method, rest)
  for (const [permission, level] of route.needs) {
    const held = actor.permissions[permission]
    // `issues: write` also lets a token comment on a pull request.
    const other = /^\/issues\//.test(route.path) ? actor.permissions.issues : undefined
    if (held !== 'write' && held !== level && other !== 'write' && other !== level) {
      throw new Refusal(403, 'Resource not accessible by integration')
    }
  }
  const call: Call = { api, repository, actor, query: url.searchParams, accept, body: fields, params, nextId: world.nextId }
  const template = `/repos/{owner}/{repo}${route.path}`
  const answer = route.answer(call)
  return 'items' in answer ? { ...paged(answer, url), template } : { ...plain(answer), template }
}

/** The runner's service for artifacts, and the storage that it sends them to; not part of GitHub's public API. */
async function resultsService(
  world: World,
  method: string,
  url: URL,
  body: unknown,
  authorization: string | undefined,
  api: string,
): Promise<Outcome | undefined> {
  const [, kind = '', name = ''] =
    /^\/(twirp|upload)\/(?:github\.actions\.results\.api\.v1\.ArtifactService\/)?(.*)$/.exec(url.pathname) ?? []
  if (kind === 'upload' && method === 'PUT') {
    if (authorization) throw new Refusal(400, 'credentials were sent to the storage')
    if (!Buffer.isBuffer(body)) throw new Refusal(400, 'no bytes')
    world.storage.set(`upload ${name}`, body)
    return { status: 201, body: {}, headers: {} }
  }
  if (kind !== 'twirp') return undefined
  if (!authorization?.startsWith('Bearer ')) throw new Refusal(401, 'unauthenticated')
  const fields = body as Record<string, unknown>
  if (fields.workflow_run_backend_id !== 'run-1' || fields.workflow_job_run_backend_id !== 'job-1')
    throw new Refusal(403, 'permission_denied')
  const key = String(fields.name)
  if (name === 'CreateArtifact') {
    if (world.storage.has(`artifact ${key}`)) throw new Refusal(409, 'already_exists')
    return {
      status: 200,
      body: { ok: true, signed_upload_url: `${api.replace('127.0.0.1', 'localhost')}/upload/${key}?sig=1` },
      headers: {},
    }
  }
  const bytes = world.storage.get(`upload ${key}`)
  const hash = bytes && `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  if (!bytes || fields.size !== String(bytes.length) || fields.hash !== hash) throw new Refusal(400, 'invalid_argument')
  world.storage.set(`artifact ${key}`, bytes)
  return { status: 200, body: { ok: true, artifact_id: '1' }, headers: {} }
}

function plain(answer: Answer): Outcome {
  return {
    status: answer.status,
    body: answer.body,
    ...(answer.raw && { raw: answer.raw }),
    headers: answer.location ? { location: answer.location } : {},
  }
}

/** https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
function paged(page: Page, url: URL): Outcome {
  const size = Math.min(100, Number(url.searchParams.get('per_page') ?? 30) || 30)
  const number = Number(url.searchParams.get('page') ?? 1) || 1
  const last = Math.max(1, Math.ceil(page.items.length / size))
  const items = page.items.slice((number - 1) * size, number * size)
  const link = (to: number, rel: string): string => {
    const target = new URL(url)
    target.searchParams.set('page', String(to))
    return `<${target.href}>; rel="${rel}"`
  }
  const links = [
    ...(number < last ? [link(number + 1, 'next'), link(last, 'last')] : []),
    ...(number > 1 ? [link(number - 1, 'prev'), link(1, 'first')] : []),
  ]
  return { status: 200, body: page.wrap ? page.wrap(items) : items, headers: links.length > 0 ? { link: links.join(', ') } : {} }
}

function routeOf(world: World, method: string, rest: string): [Route, string[]] {
  for (const route of [...routes, ...issueRoutes]) {
    if (route.method !== method) continue
    const pattern = route.path
      .split(/\{[^}]+\}/)
      .map((part) => part.replace(/[/.]/g, '\\$&'))
      .join(route.path.startsWith('/contents/') ? '(.+)' : '([^/]+)')
    const match = new RegExp(`^${pattern}$`).exec(rest)
    if (!match) continue
    if ([...world.absent].some((feature) => route.path.includes(feature))) break
    return [route, match.slice(1).map(decodeURIComponent)]
  }
  throw new Refusal(404, 'Not Found')
}
