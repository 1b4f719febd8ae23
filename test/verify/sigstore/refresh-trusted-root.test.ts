import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { HttpClient } from '../../../src/http.ts'
import { refreshTrustedRoot } from '../../../src/verify/sigstore/refresh-trusted-root.ts'
import { ed25519Key } from '../../builders/signing.ts'
import { sigstoreInstance } from '../../builders/sigstore.ts'
import { mirror, serveTuf, tufRepository } from '../../builders/tuf.ts'

let target: string
let directory: string
beforeAll(async () => {
  target = (await sigstoreInstance()).rootJson
})
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'portcullis-tuf-'))
})
afterEach(() => rm(directory, { recursive: true }))

const refresh = (http: HttpClient, initialRoot: Uint8Array | undefined = tufRepository().initialRoot) =>
  refreshTrustedRoot({ http, directory, mirror, ...(initialRoot && { initialRoot }) }, AbortSignal.timeout(5000))

test('the target of the repository is the trusted root', async () => {
  const root = await refresh(serveTuf(tufRepository({ target })))
  expect(root.name).toBe('Sigstore instance of https://tuf.acme.example')
  expect(root.material.tlogs.map(({ baseURL }) => baseURL)).toEqual(['https://rekor.test.example', 'https://log2.rekor.test.example'])
})

test('a target that is known already is not fetched again', async () => {
  const requests: string[] = []
  const http = serveTuf(tufRepository({ target }), { requests })
  await refresh(http)
  await refresh(http)
  expect(requests.filter((path) => path.startsWith('/targets/'))).toHaveLength(1)
  expect(requests.filter((path) => path === '/timestamp.json')).toHaveLength(2)
})

test.each<[string, Parameters<typeof tufRepository>[0]]>([
  ['by a key that the root does not name', { signer: ed25519Key('stranger') }],
  ['whose time is over', { expires: '2020-01-01T00:00:00Z' }],
  ['whose target was changed', { served: '{"mediaType": "other"}' }],
  ['whose target is cut', { served: '{' }],
  ['whose target is no trusted root', { target: '{}' }],
])('a repository %s is not trusted', async (_, options) => {
  await expect(refresh(serveTuf(tufRepository({ target, ...options })))).rejects.toMatchObject({
    name: 'VerificationError',
    code: 'malformed',
  })
})

test('an older repository than the last is not trusted', async () => {
  await refresh(serveTuf(tufRepository({ target, version: 2 })))
  await expect(refresh(serveTuf(tufRepository({ target, version: 1 })))).rejects.toMatchObject({ code: 'malformed' })
})

test.each([{ status: 500 }, { offline: true }])('a repository that does not answer says so: %j', async (how) => {
  await expect(refresh(serveTuf(tufRepository({ target }), how))).rejects.toMatchObject({ code: 'unreachable' })
})

test('another mirror needs its first root', async () => {
  const http = serveTuf(tufRepository({ target }))
  await expect(refreshTrustedRoot({ http, directory, mirror }, AbortSignal.timeout(1000))).rejects.toThrow('needs its first root.json')
})
