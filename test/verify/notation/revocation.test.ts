import 'reflect-metadata'
import { createHash } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import { beforeAll, expect, test } from 'vitest'
import type { HttpClient } from '../../../src/http.ts'
import { askRevocation } from '../../../src/verify/notation/ask-revocation.ts'
import { type Chain, readChain } from '../../../src/verify/notation/chain.ts'
import { ocspRequest } from '../../../src/verify/notation/ocsp.ts'
import {
  type LeafOptions,
  type NotationAuthority,
  notationAuthority,
  now,
  type OcspOptions,
  ocspResponse,
} from '../../builders/notation.ts'

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
  ['a certificate that names none', () => acme.revocationList(), {}, /names neither/],
  ['an address that is no HTTP', () => acme.revocationList(), { listAt: 'ldap://crl.acme.example/acme' }, /names neither/],
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

const responderAt = 'http://ocsp.acme.example/'

test.each<[string, OcspOptions, string]>([
  ['good', {}, 'good'],
  ['revoked', { status: 'revoked' }, 'revoked'],
  ['not known', { status: 'unknown' }, 'unknown'],
  ['out of date', { nextUpdate: new Date(now.getTime() - 1000) }, 'unknown'],
  ['about another certificate', { serialNumber: '99' }, 'unknown'],
  ['a failure', { outcome: 3 }, 'unknown'],
])('a responder’s answer is %s', async (_, options, status) => {
  const chain = await chainOf({ responderAt })
  expect((await ask(serving(ocspResponse(acme, options)), chain)).status).toBe(status)
})

test('a responder may be whom the issuer names for that, and nobody else', async () => {
  const chain = await chainOf({ responderAt })
  const delegate = await acme.issue({ usage: 'ocspSigning', subject: 'CN=ocsp', serialNumber: '77' })
  expect(await ask(serving(ocspResponse(acme, { delegate })), chain)).toEqual({ status: 'good' })
  for (const stranger of [await acme.issue(), await other.issue({ usage: 'ocspSigning' })]) {
    expect(await ask(serving(ocspResponse(acme, { delegate: stranger })), chain)).toMatchObject({
      status: 'unknown',
      message: expect.stringMatching(/not by the issuer/),
    })
  }
  const late = await acme.issue({ usage: 'ocspSigning', notAfter: new Date(now.getTime() - 1000) })
  expect((await ask(serving(ocspResponse(acme, { delegate: late })), chain)).status).toBe('unknown')
  expect((await ask(serving(ocspResponse(other)), chain)).status).toBe('unknown')
})

test('a responder is asked first, and the list where it does not answer', async () => {
  const list = await acme.revocationList({ revoked: ['1234'] })
  const requests: string[] = []
  const http = serving(list, requests)
  expect((await ask(http, await chainOf({ responderAt, listAt }))).status).toBe('revoked')
  expect(requests).toEqual([responderAt, listAt])
})

test('a question names the certificate, and its issuer by the hashes of its name and its key', async () => {
  const { certificates } = await chainOf()
  const [certificate, issuer] = certificates
  if (!certificate || !issuer) throw new TypeError('no chain')
  const expected =
    /^30[0-9a-f]{2}30[0-9a-f]{2}30[0-9a-f]{2}30[0-9a-f]{2}30[0-9a-f]{2}300906052b0e03021a05000414([0-9a-f]{40})0414([0-9a-f]{40})02021234$/.exec(
      Buffer.from(ocspRequest(certificate, issuer)).toString('hex'),
    )
  // The key's hash is that of RFC 5280 4.2.1.2 (1): over the point alone, which ends the SubjectPublicKeyInfo.
  const point = issuer.publicKey.export({ type: 'spki', format: 'der' }).subarray(-97)
  const name = new x509.X509Certificate(issuer.raw).subjectName.toArrayBuffer()
  expect(expected?.[1]).toBe(createHash('sha1').update(Buffer.from(name)).digest('hex'))
  expect(expected?.[2]).toBe(createHash('sha1').update(point).digest('hex'))
})
