import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UsageError } from '../../src/findings.ts'
import { readDemands } from '../../src/gate/trust.ts'
import type { HttpClient } from '../../src/http.ts'
import { HttpError } from '../../src/http-error.ts'
import type { Policy, SignerRule } from '../../src/policy/policy.ts'
import { defaultPolicy } from '../../src/policy/read.ts'
import { ecdsaKey } from '../builders/signing.ts'
import { sigstoreInstance } from '../builders/sigstore.ts'

let cacheDirectory: string
beforeAll(async () => {
  cacheDirectory = await mkdtemp(join(tmpdir(), 'portcullis-'))
})
afterAll(() => rm(cacheDirectory, { recursive: true, force: true }))

const place = { file: '.portcullis.yaml', startLine: 4, endLine: 4 }
const identity = { issuer: { equals: 'https://accounts.example.com' }, subject: { equals: 'a@example.com' }, extensions: new Map() }
const signer: SignerRule = {
  images: ['**'],
  keys: [],
  identities: [identity],
  notation: false,
  threshold: 1,
  attestations: [],
  believesVex: false,
}

function demands(policy: Partial<Policy>, answer: () => Promise<never> = () => Promise.reject(new HttpError('offline', 'offline'))) {
  const asked: string[] = []
  const http: HttpClient = {
    send: ({ url }) => {
      asked.push(url.href)
      return answer()
    },
    close: () => {},
  }
  const world = { http, now: new Date('2026-11-24'), cacheDirectory, signal: AbortSignal.timeout(10_000) }
  return { asked, result: readDemands({ ...defaultPolicy(), ...policy }, world) }
}

describe('the trusted root', () => {
  test('is the built-in one where the network does not answer', async () => {
    expect((await demands({ signers: [signer] }).result).root?.name).toContain('embedded')
  })

  test('is the policy’s own, without a request', async () => {
    const { rootJson } = await sigstoreInstance()
    const { asked, result } = demands({ signers: [signer], trustedRoot: { name: 'root.json', bytes: Buffer.from(rootJson) } })
    expect({ name: (await result).root?.name, asked }).toEqual({ name: 'root.json', asked: [] })
  })

  test('is not looked for where keys alone are trusted', async () => {
    const { asked, result } = demands({ signers: [{ ...signer, identities: [], keys: [ecdsaKey('release')] }] })
    expect({ root: (await result).root, asked }).toEqual({ root: undefined, asked: [] })
  })
})

describe('what is wrong in the policy is said before anything is judged', () => {
  test.each<[string, Partial<SignerRule>, string]>([
    [
      'an expression that is not anchored',
      { identities: [{ ...identity, subject: { matches: 'acme', where: '.portcullis.yaml:4:9' } }] },
      '.portcullis.yaml:4:9: the identity expression "acme" is not anchored',
    ],
    [
      'an extension that no certificate has',
      { identities: [{ ...identity, extensions: new Map([['repo', { equals: 'a' }]]) }] },
      'unknown certificate extension "repo"',
    ],
    ['a key that is none', { keys: [{ name: 'release.pub', pem: 'none' }] }, 'expected one PEM block'],
    [
      'a condition over what an attestation does not say',
      { attestations: [{ type: 'provenance', condition: { text: 'provenance.colour == "blue"', location: place } }] },
      '.portcullis.yaml:4: condition over provenance, column 1: unknown name "provenance.colour"',
    ],
    ['Notary Project signatures without a trust policy', { notation: true }, 'needs a trust policy'],
  ])('%s', async (_, rule, message) => {
    const error = await demands({ signers: [{ ...signer, ...rule }] }).result.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(UsageError)
    expect((error as Error).message).toContain(message)
  })
})
