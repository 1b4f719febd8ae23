/** What a pipeline outside of GitHub Actions has found, told by a token or as an App. */
import { createVerify, generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../../src/findings.ts'
import { createHttp, type HttpClient } from '../../../src/http.ts'
import { appToken } from '../../../src/publish/github/app-token.ts'
import { publishReport } from '../../../src/publish/github/publish-report.ts'
import { type GitHubStandIn, githubStandIn, type Pull, type Repository, readOnly, workflowRights } from '../../builders/github.ts'
import { renderContext } from '../../builders/report.ts'
import { findingOn, numbered, reportOf } from './replay.ts'

let http: HttpClient
beforeEach(() => {
  http = createHttp()
})
afterEach(() => http.close())
const world = () => ({
  http,
  pace: { betweenWritesMilliseconds: 0, now: Date.now, sleep: async () => {} },
  signal: AbortSignal.timeout(20_000),
})

describe('a report told to a pull request', () => {
  let github: GitHubStandIn
  let repository: Repository
  let pull: Pull
  beforeEach(async () => {
    github = await githubStandIn()
    repository = github.repository('acme/shop', { 'shop.yaml': numbered(10) })
    pull = github.pull(repository, { 'shop.yaml': numbered(10, { 5: 'privileged: true' }) })
  })
  afterEach(() => github.close())

  const publish = (read: () => Promise<Report>, token: string) =>
    publishReport(
      read,
      {
        address: { apiUrl: github.url, token },
        repository: { owner: 'acme', repo: 'shop' },
        number: pull.number,
        revision: pull.head.sha,
        review: 'comments',
        prefix: '',
        context: renderContext({ 'shop.yaml': numbered(10, { 5: 'privileged: true' }) }),
      },
      world(),
    )

  test('has its comment on the line, its summary and its verdict, and the second time nothing is said twice', async () => {
    const token = github.token(workflowRights)
    for (let time = 0; time < 2; time++) await publish(async () => reportOf([findingOn('shop.yaml', 5)]), token)
    expect(pull.threads.map(({ path, line }) => [path, line])).toEqual([['shop.yaml', 5]])
    expect(pull.comments).toHaveLength(1)
    expect(repository.checkRuns.map(({ conclusion }) => conclusion)).toEqual(['failure', 'failure'])
  })

  test('says what the token may not do', async () => {
    const { missing } = await publish(async () => reportOf([findingOn('shop.yaml', 5)]), github.token(readOnly))
    expect(missing).toContain('pull-requests: write')
  })

  test('that cannot be read leaves a failed verdict, and nothing pending', async () => {
    const read = async () => {
      throw new Error('the report is not JSON')
    }
    await expect(publish(read, github.token(workflowRights))).rejects.toThrow('the report is not JSON')
    expect(repository.checkRuns.map(({ conclusion }) => conclusion)).toEqual(['failure'])
  })
})

describe('a GitHub App', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = String(privateKey.export({ type: 'pkcs1', format: 'pem' }))
  const now = new Date('2026-01-01T00:00:00Z')
  let server: Server
  let asked: { readonly path: string | undefined; readonly authorization: string | undefined }[]
  beforeEach(async () => {
    asked = []
    server = createServer((request, response) => {
      asked.push({ path: request.url, authorization: request.headers.authorization })
      const isInstalled = request.url?.includes('/acme/') || request.url?.startsWith('/app/')
      response.writeHead(isInstalled ? 200 : 404, { 'content-type': 'application/json' })
      response.end(JSON.stringify(request.url?.startsWith('/app/') ? { token: 'ghs_1' } : { id: 7, message: 'Not Found' }))
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  })
  afterEach(() => new Promise((done) => server.close(done)))
  const tokenFor = (owner: string, key = pem) =>
    appToken(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      { owner, repo: 'shop' },
      { id: '42', privateKey: key },
      now,
      world(),
    )

  test('gets a token for one repository by a statement that its key signs and that lasts ten minutes', async () => {
    expect(await tokenFor('acme')).toBe('ghs_1')
    expect(asked.map(({ path }) => path)).toEqual(['/repos/acme/shop/installation', '/app/installations/7/access_tokens'])
    const [kind, statement = ''] = asked[0]?.authorization?.split(' ') ?? []
    const [header = '', claims = '', signature = ''] = statement.split('.')
    expect(kind).toMatch(/^bearer$/iu)
    expect(createVerify('sha256').update(`${header}.${claims}`).verify(publicKey, signature, 'base64url')).toBe(true)
    const seconds = now.getTime() / 1000
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({ iat: seconds - 60, exp: seconds + 540, iss: '42' })
  })

  test('that is not installed is told so', async () => {
    await expect(tokenFor('other')).rejects.toThrow('the App 42 has no token for other/shop: GitHub answered 404')
  })

  test('with a key that is none is told so, without the key', async () => {
    await expect(tokenFor('acme', 'secret words')).rejects.toThrow(/^the private key of the App is not one in PEM$/u)
  })
})
