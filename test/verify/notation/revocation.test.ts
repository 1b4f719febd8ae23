import { beforeAll, expect, test } from 'vitest'
import type { HttpClient } from '../../../src/http.ts'
import { askRevocation } from '../../../src/verify/notation/ask-revocation.ts'
import { type Chain, readChain } from '../../../src/verify/notation/chain.ts'
import { type LeafOptions, type NotationAuthority, notationAuthority, now } from '../../builders/notation.ts'

const listAt = 'http://crl.acme.example/acme.crl'
let acme: NotationAuthority
let other: NotationAuthority
beforeAll(async () => {
  ;[acme, other] = await Promise.all([notationAuthority(), notationAuthority('other')])
})

function serving(bytes: Uint8Array | undefined, requests: string[] = []): HttpClient {
  return {
    async send({ url }) {
      requests.push(url.href)
      const body = bytes ?? new Uint8Array()
      return {
        status: bytes ? 200 : 404,
        headers: new Map(),
        url,
        body: (async function* () {
          yield body
        })(),
        bytes: async () => body,
        discard: async () => {},
      }
    },
    close() {},
  }
}

async function chainOf(options: LeafOptions = { listAt }): Promise<Chain> {
  const chain = readChain((await acme.issue(options)).chain)
  if (typeof chain === 'string') throw new TypeError(chain)
  return chain
}

const ask = async (http: HttpClient, chain: Chain) => askRevocation(http)(chain, now, AbortSignal.timeout(1000))

test('a certificate that its issuer’s list does not name is good', async () => {
  expect(await ask(serving(await acme.revocationList({ revoked: ['99'] })), await chainOf())).toEqual({ status: 'good' })
  expect(await ask(serving(await acme.revocationList()), await chainOf())).toEqual({ status: 'good' })
})

test('a certificate that its issuer’s list names is revoked', async () => {
  const answer = await ask(serving(await acme.revocationList({ revoked: ['99', '1234'] })), await chainOf())
  expect(answer).toMatchObject({ status: 'revoked', message: expect.stringContaining('1234') })
})

test.each<[string, () => Promise<Uint8Array | undefined>, LeafOptions | undefined, RegExp]>([
  ['a list that is not there', async () => undefined, undefined, /answered 404/],
  ['a list that is none', async () => Buffer.from('none'), undefined, /does not parse/],
  ['a list by somebody else', () => acme.revocationList({ issuer: other }), undefined, /not by the issuer/],
  ['a list that is out of date', () => acme.revocationList({ nextUpdate: new Date(now.getTime() - 1) }), undefined, /out of date/],
  ['a certificate that names none', () => acme.revocationList(), {}, /names no revocation list/],
  ['an address that is no HTTP', () => acme.revocationList(), { listAt: 'ldap://crl.acme.example/acme' }, /names no revocation list/],
])('%s leaves it unknown', async (_, bytes, leaf, message) => {
  expect(await ask(serving(await bytes()), await chainOf(leaf))).toMatchObject({
    status: 'unknown',
    message: expect.stringMatching(message),
  })
})

test('a list is fetched once', async () => {
  const requests: string[] = []
  const check = askRevocation(serving(await acme.revocationList(), requests))
  await check(await chainOf(), now, AbortSignal.timeout(1000))
  await check(await chainOf(), now, AbortSignal.timeout(1000))
  expect(requests).toEqual([listAt])
})
