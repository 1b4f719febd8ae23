import { beforeAll, describe, expect, test } from 'vitest'
import type { NotationTrust } from '../../../src/verify/notation/check.ts'
import { envelopeReaders } from '../../../src/verify/notation/read-envelope.ts'
import { readNotationTrustPolicy } from '../../../src/verify/notation/trust-policy.ts'
import { verifyImage } from '../../../src/verify/verify-image.ts'
import { documentOf } from '../../builders/admission.ts'
import { memoryRepository, sha256, shop } from '../../builders/memory-repository.ts'
import {
  attachNotation,
  coseEnvelope,
  type EnvelopeOptions,
  type EnvelopeType,
  jwsEnvelope,
  type LeafOptions,
  type NotationAuthority,
  notationAuthority,
  now,
} from '../../builders/notation.ts'

let acme: NotationAuthority
let other: NotationAuthority
beforeAll(async () => {
  ;[acme, other] = await Promise.all([notationAuthority(), notationAuthority('other')])
})

const types = Object.keys(envelopeReaders) as EnvelopeType[]
const build = (type: EnvelopeType, options: EnvelopeOptions) => (type === 'application/cose' ? coseEnvelope(options) : jwsEnvelope(options))

const policyText = (more = 'revocation: skip', level = 'strict', identity = 'x509.subject: C=US, ST=WA, O=Acme\\\\, Inc') => `
version: "1.0"
trustPolicies:
- name: acme
  registryScopes: [ghcr.io/acme/shop]
  signatureVerification:
    level: ${level}
    override: {${more}}
  trustStores: ["ca:acme", "signingAuthority:acme"]
  trustedIdentities: ["${identity}"]
`

function trustOf(text = policyText(), more: Partial<NotationTrust> = {}): NotationTrust {
  const stores = new Map([
    ['ca:acme', [acme.root]],
    ['signingAuthority:acme', [acme.root]],
  ])
  return { policies: readNotationTrustPolicy(documentOf(text)), stores, now, ...more }
}

function published() {
  const repository = memoryRepository()
  const manifest = repository.addManifest([])
  return { repository, manifest, digest: manifest.digest }
}

async function judge({ repository, digest }: ReturnType<typeof published>, notation: NotationTrust | undefined = trustOf()) {
  const trust = { keys: [], ...(notation && { notation }) }
  const result = await verifyImage({ source: repository.source, reference: shop, digest, trust }, AbortSignal.timeout(10_000))
  return result
}

interface Case {
  readonly leaf?: LeafOptions
  readonly envelope?: Partial<EnvelopeOptions>
  readonly authority?: () => NotationAuthority
  readonly trust?: () => NotationTrust
}

async function codeOf(type: EnvelopeType, { leaf, envelope, authority = () => acme, trust = trustOf }: Case) {
  const image = published()
  const signer = await authority().issue(leaf)
  attachNotation(image.repository, image.manifest, build(type, { digest: image.digest, signer, ...envelope }), type)
  const { status, signatures } = await judge(image, trust())
  return [status, signatures[0]?.code ?? signatures[0]?.signer]
}

describe.each(types)('a signature of type %s', (type) => {
  test.each<[string, Case]>([
    ['ECDSA P-256', {}],
    ['ECDSA P-384', { leaf: { key: 'P-384' }, envelope: { algorithm: 'ES384' } }],
    ['RSA PSS', { leaf: { key: 'RSA-2048' } }],
    ['an expiry that is to come', { envelope: { expiry: new Date(now.getTime() + 1000) } }],
    ['a time that an authority vouches for', { envelope: { authenticSigningTime: new Date(now.getTime() - 86_400_000) } }],
    [
      'a certificate that ended after such a time',
      { leaf: { notAfter: new Date(now.getTime() - 1000) }, envelope: { authenticSigningTime: new Date(now.getTime() - 86_400_000) } },
    ],
    [
      'an identity whom everyone may be',
      { trust: () => trustOf(policyText('revocation: skip', 'strict', '*')), leaf: { subject: 'CN=x' } },
    ],
  ])('verifies with %s', async (_, options) => {
    expect(await codeOf(type, options)).toEqual(['verified', 'acme'])
  })

  test.each<[string, Case, string, string]>([
    ['the digest', { envelope: { digest: sha256('another') } }, 'invalid', 'payload-digest'],
    ['its payload', { envelope: { payload: { target: 1 } } }, 'invalid', 'payload-malformed'],
    ['its payload type', { envelope: { contentType: 'application/json' } }, 'invalid', 'payload-type'],
    ['its algorithm', { envelope: { algorithm: 'ES384' } }, 'invalid', 'algorithm'],
    ['its scheme', { envelope: { scheme: 'notary.other' } }, 'invalid', 'envelope-malformed'],
    ['a time that goes with another scheme', { envelope: { scheme: 'notary.x509.signingAuthority' } }, 'invalid', 'envelope-malformed'],
    [
      'an expiry that is not critical',
      { envelope: { expiry: now, critical: ['io.cncf.notary.signingScheme'] } },
      'invalid',
      'envelope-malformed',
    ],
    ['a scheme that is not critical', { envelope: { critical: [] } }, 'invalid', 'envelope-malformed'],
    ['its expiry', { envelope: { expiry: now } }, 'invalid', 'expired'],
    ['the end of its certificate', { leaf: { notAfter: new Date(now.getTime() - 1000) } }, 'invalid', 'certificate-time'],
    ['the purpose of its certificate', { leaf: { usage: 'emailProtection' } }, 'invalid', 'certificate'],
    ['the use of its key', { leaf: { keyUsage: 'keyEncipherment' } }, 'invalid', 'certificate'],
    ['its authority', { authority: () => other }, 'untrusted', 'unknown-authority'],
    ['its identity', { leaf: { subject: 'C=US,ST=WA,O=Evil,CN=release' } }, 'untrusted', 'unknown-identity'],
    ['an attribute of its identity', { leaf: { subject: 'C=US,O=Acme\\, Inc' } }, 'untrusted', 'unknown-identity'],
  ])('is not verified when it is right except for %s', async (_, options, status, code) => {
    expect(await codeOf(type, options)).toEqual([status, code])
  })

  test('is not judged where its certificate ended, and a timestamp that is not read may say that it was used before', async () => {
    const ended = { leaf: { notAfter: new Date(now.getTime() - 1000) }, envelope: { timestamp: Buffer.from('stamp') } }
    await expect(codeOf(type, ended)).rejects.toMatchObject({ name: 'VerificationError', code: 'unsupported' })
    expect(await codeOf(type, { ...ended, authority: () => other })).toEqual(['untrusted', 'unknown-authority'])
    expect(await codeOf(type, { envelope: ended.envelope })).toEqual(['verified', 'acme'])
  })

  test('is not judged with a critical header that nobody knows', async () => {
    const critical = ['io.cncf.notary.signingScheme', 'io.cncf.notary.verificationPlugin']
    await expect(codeOf(type, { envelope: { critical } })).rejects.toMatchObject({ name: 'VerificationError', code: 'unsupported' })
  })
})

describe('an envelope that was changed', () => {
  const attach = async (change: (envelope: ReturnType<typeof jwsEnvelope>) => void) => {
    const image = published()
    const envelope = jwsEnvelope({ digest: image.digest, signer: await acme.issue() })
    change(envelope)
    attachNotation(image.repository, image.manifest, envelope, 'application/jose+json')
    const { status, signatures } = await judge(image)
    return [status, signatures[0]?.code]
  }
  test('in its payload', async () => {
    const payload = Buffer.from(JSON.stringify({ targetArtifact: { digest: sha256('x') } })).toString('base64url')
    expect(await attach((envelope) => Object.assign(envelope, { payload }))).toEqual(['invalid', 'signature'])
  })
  test('in its chain', async () => {
    const strange = (await other.issue()).chain.map((der) => Buffer.from(der).toString('base64'))
    expect(await attach((envelope) => Object.assign(envelope.header, { x5c: strange }))).toEqual(['invalid', 'signature'])
    expect(await attach((envelope) => envelope.header.x5c.splice(1, 1, strange[1] ?? ''))).toEqual(['invalid', 'certificate'])
    expect(await attach((envelope) => envelope.header.x5c.pop())).toEqual(['invalid', 'certificate'])
    expect(await attach((envelope) => envelope.header.x5c.push(...Array.from({ length: 9 }, () => strange[0] ?? '')))).toEqual([
      'invalid',
      'certificate',
    ])
    expect(await attach((envelope) => Object.assign(envelope.header, { x5c: ['AAAA'] }))).toEqual(['invalid', 'certificate'])
  })
  test.each<[string, object]>([
    ['standard base64', { signature: '+/+/' }],
    ['no payload', { payload: '' }],
    ['no header', { header: {} }],
    ['a protected header that is none', { protected: 'AAAA' }],
  ])('has to be whole: %s', async (_, change) => {
    expect(await attach((envelope) => Object.assign(envelope, change))).toEqual(['invalid', 'envelope-malformed'])
  })
  test.each<[EnvelopeType | string, string | Uint8Array]>([
    ['application/jose+json', '{'],
    ['application/jose+json', '[]'],
    ['application/cose', Buffer.from('d2', 'hex')],
    ['application/cose', Buffer.from('80', 'hex')],
    ['application/cose', Buffer.alloc(5000, 0x81)],
    ['application/pkcs7', 'x'],
  ])('of type %s has to be one: %#', async (type, bytes) => {
    const image = published()
    attachNotation(image.repository, image.manifest, Buffer.from(bytes), type as EnvelopeType)
    expect((await judge(image)).signatures[0]?.code).toBe('envelope-malformed')
  })
  test('of more than a megabyte is not read', async () => {
    const image = published()
    attachNotation(image.repository, image.manifest, Buffer.alloc(1024 * 1024 + 1), 'application/cose')
    await expect(judge(image)).rejects.toMatchObject({ code: 'too-large' })
  })
})

describe('the trust policy', () => {
  const signed = async (options: Partial<EnvelopeOptions> = {}, leaf: LeafOptions = {}) => {
    const image = published()
    attachNotation(
      image.repository,
      image.manifest,
      jwsEnvelope({ digest: image.digest, signer: await acme.issue(leaf), ...options }),
      'application/jose+json',
    )
    return image
  }
  test('of level permissive lets an expired signature pass, and says so', async () => {
    const { status, message } = await judge(await signed({ expiry: now }), trustOf(policyText('', 'permissive')))
    expect([status, message]).toEqual([
      'verified',
      expect.stringMatching(
        /^signed by "C=US.*; not enforced by the policy: the signature was good until .*; not enforced.*revoked is not known/,
      ),
    ])
  })
  test('of level audit looks at integrity alone', async () => {
    const text = policyText('', 'audit')
    expect((await judge(await signed({ signer: await other.issue() }), trustOf(text))).status).toBe('verified')
    expect((await judge(await signed({ digest: sha256('x') }), trustOf(text))).status).toBe('invalid')
  })
  test('of level skip vouches for nothing', async () => {
    const text = policyText('', 'skip')
    expect((await judge(await signed(), trustOf(text))).signatures[0]?.code).toBe('skipped')
  })
  test('is the one for the repository, else the one for all others', async () => {
    const open = policyText().replace('ghcr.io/acme/shop', '"*"')
    expect((await judge(await signed(), trustOf(open))).status).toBe('verified')
    const strange = policyText().replace('ghcr.io/acme/shop', 'ghcr.io/acme/other')
    expect((await judge(await signed(), trustOf(strange))).signatures[0]?.code).toBe('unknown-scope')
  })
  test('that is not given trusts nobody', async () => {
    const image = await signed()
    const trust = { keys: [] }
    const { status, signatures } = await verifyImage(
      { source: image.repository.source, reference: shop, digest: image.digest, trust },
      AbortSignal.timeout(1000),
    )
    expect([status, signatures[0]?.code]).toEqual(['untrusted', 'unknown-authority'])
  })
  test('whose trust store was not given cannot be followed', async () => {
    await expect(judge(await signed(), trustOf(policyText(), { stores: new Map() }))).rejects.toMatchObject({ code: 'unsupported' })
  })
  test('that enforces revocation needs an answer', async () => {
    await expect(judge(await signed(), trustOf(policyText('')))).rejects.toThrow(/no network to ask/)
    const revoked = async () => ({ status: 'revoked', message: 'taken back' }) as const
    expect((await judge(await signed(), trustOf(policyText(''), { revocation: revoked }))).signatures[0]).toMatchObject({
      status: 'invalid',
      code: 'revoked',
    })
    const good = async () => ({ status: 'good' }) as const
    expect((await judge(await signed(), trustOf(policyText(''), { revocation: good }))).status).toBe('verified')
  })
  test.each([
    ['version: "1.0"', 'version: "2.0"', 1, 'expected version'],
    ['level: strict', 'level: hard', 6, 'expected strict'],
    ['revocation: skip', 'integrity: log', 7, 'cannot be overridden'],
    ['revocation: skip', 'expiry: skip', 7, 'expected enforce or log'],
    ['[ghcr.io/acme/shop]', '["*", ghcr.io/acme/shop]', 4, 'stands alone'],
    ['[ghcr.io/acme/shop]', '["ghcr.io/acme/*"]', 4, 'expected registry/repository'],
    ['"ca:acme"', '"acme"', 8, 'expected ca:<name>'],
    ['C=US, ', '', 9, 'expected "x509.subject'],
    ['x509.subject: ', 'subject: ', 9, 'expected "x509.subject'],
    ['  trustStores', '  stores', 3, 'expected trust stores'],
  ])('is refused with its line: %s written as %s', (from, to, line, message) => {
    const read = () => readNotationTrustPolicy(documentOf(policyText().replace(from, to)))
    expect(read).toThrow(`policy.yaml:${line}: `)
    expect(read).toThrow(message)
  })
  test('may have one policy a scope', () => {
    const [, statement] = policyText().split('trustPolicies:\n')
    expect(() => readNotationTrustPolicy(documentOf(`${policyText()}${statement}`))).toThrow('two trust policies')
  })
})
