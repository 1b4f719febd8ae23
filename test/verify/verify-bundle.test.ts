import { beforeAll, describe, expect, test } from 'vitest'
import { UsageError } from '../../src/findings.ts'
import { readAnchoredExpression } from '../../src/verify/anchored-expression.ts'
import type { KeylessSigner } from '../../src/verify/keyless.ts'
import { readTrustedRoot } from '../../src/verify/sigstore/trusted-root.ts'
import { type VerifyBundleRequest, verifyBundle } from '../../src/verify/verify-bundle.ts'
import {
  type BundleJson,
  type BundleOptions,
  type BundleVersion,
  envelopeBundle,
  type MessageBundleJson,
  messageBundle,
} from '../builders/bundle.ts'
import { sha256 } from '../builders/memory-repository.ts'
import { ecdsaKey, ed25519Key, rsaKey, type SigningKey } from '../builders/signing.ts'
import { githubIssuer, type SigstoreInstance, sigstoreInstance, workflow } from '../builders/sigstore.ts'

const artifact = Buffer.from('the artifact')
const release: KeylessSigner = { name: 'release', issuer: { equals: githubIssuer }, subject: { equals: workflow } }
const statement = (bytes: Uint8Array = artifact) => ({
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'artifact', digest: { sha256: sha256(bytes).slice(7) } }],
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: {},
})

let sigstore: SigstoreInstance
let other: SigstoreInstance
beforeAll(async () => {
  ;[sigstore, other] = await Promise.all([sigstoreInstance(), sigstoreInstance('other')])
})

async function* streamOf(bytes: Uint8Array) {
  yield bytes.subarray(0, 5)
  yield bytes.subarray(5)
}

function judge(bundle: unknown, more: Partial<VerifyBundleRequest> = {}) {
  const bytes = Buffer.from(typeof bundle === 'string' ? bundle : JSON.stringify(bundle))
  return verifyBundle({ bundle: bytes, artifact: { stream: streamOf(artifact) }, root: sigstore.root, identities: [release], ...more })
}

const codeOf = async (bundle: unknown, more: Partial<VerifyBundleRequest> = {}) => {
  const check = await judge(bundle, more)
  return check.status === 'verified' ? [check.status, check.signer] : [check.status, check.code]
}

describe('a bundle that is right verifies', () => {
  const versions: readonly BundleVersion[] = ['0.1', '0.2', '0.3']
  test.each(versions)('version %s, over the artifact', async (version) => {
    expect(await codeOf(await messageBundle(sigstore, artifact, { version }))).toEqual(['verified', 'release'])
  })
  test.each(versions)('version %s, over a statement about it', async (version) => {
    const check = await judge(await envelopeBundle(sigstore, statement(), { version }))
    expect(check).toMatchObject({ status: 'verified', statement: { predicateType: 'https://slsa.dev/provenance/v1' } })
  })
  test.each([
    messageBundle,
    (instance: SigstoreInstance, _: Uint8Array, options: BundleOptions) => envelopeBundle(instance, statement(), options),
  ])('with Rekor version 2 and a timestamp', async (build) => {
    expect(await codeOf(await build(sigstore, artifact, { rekor: 2 }))).toEqual(['verified', 'release'])
  })
  test('with a timestamp and no log, where the policy asks for none', async () => {
    const bundle = await messageBundle(sigstore, artifact, { rekor: 0, timestamp: true })
    expect(await codeOf(bundle, { identities: [{ ...release, transparencyLog: 'ignored' }] })).toEqual(['verified', 'release'])
    expect(await codeOf(bundle)).toEqual(['untrusted', 'log-entry-missing'])
  })
  test('with a timestamp and no log, where the instance has none', async () => {
    const { tlogs: _, ctlogs: __, ...parts } = JSON.parse(sigstore.rootJson)
    const root = readTrustedRoot(Buffer.from(JSON.stringify(parts)), 'without logs')
    const options = { rekor: 0, certificate: { sct: false } } as const
    expect(await codeOf(await messageBundle(sigstore, artifact, { ...options, timestamp: true }), { root })).toEqual([
      'verified',
      'release',
    ])
    expect(await codeOf(await messageBundle(sigstore, artifact, options), { root })).toEqual(['untrusted', 'timestamp-missing'])
  })
  test('given the digest of the artifact alone', async () => {
    const digest = sha256(artifact)
    expect(await codeOf(await messageBundle(sigstore, artifact), { artifact: { digest } })).toEqual(['verified', 'release'])
    expect(await codeOf(await envelopeBundle(sigstore, statement()), { artifact: { digest } })).toEqual(['verified', 'release'])
  })
  test('and says who signed, when, and by which workflow', async () => {
    const extensions = { 2: 'push', 6: 'refs/heads/main', 14: 'refs/tags/v1', 20: 'release' }
    const check = await judge(await messageBundle(sigstore, artifact, { certificate: { extensions } }))
    expect(check).toMatchObject({ status: 'verified', signedAt: sigstore.now, identity: { subject: workflow, issuer: githubIssuer } })
    expect(check.message).toBe(
      `signed by "${workflow}" of "${githubIssuer}" (ref "refs/tags/v1", trigger "release") at ${sigstore.now.toISOString()}`,
    )
  })
})

describe('a bundle by key', () => {
  const key = ecdsaKey('by key')
  const keys = (transparencyLog: 'required' | 'present' | 'ignored', trusted: SigningKey = key) => ({
    keys: [{ name: trusted.name, pem: trusted.pem, transparencyLog }],
    identities: [],
  })
  test.each([ecdsaKey('k'), ecdsaKey('k', 'P-384', 'sha256'), rsaKey('k'), rsaKey('k', 'pss'), ed25519Key('k')])(
    'verifies: %#',
    async (signer) => {
      expect(await codeOf(await messageBundle(sigstore, artifact, { key: signer }), keys('required', signer))).toEqual(['verified', 'k'])
      expect(await codeOf(await envelopeBundle(sigstore, statement(), { key: signer }), keys('required', signer))).toEqual([
        'verified',
        'k',
      ])
    },
  )
  test('needs a log entry only where the policy asks for one', async () => {
    const bundle = await messageBundle(sigstore, artifact, { key, rekor: 0 })
    expect(await codeOf(bundle, keys('required'))).toEqual(['untrusted', 'log-entry-missing'])
    expect(await codeOf(bundle, keys('present'))).toEqual(['verified', 'by key'])
    expect(await codeOf(bundle, keys('ignored'))).toEqual(['verified', 'by key'])
  })
  test('has entries that verify, if they are looked at', async () => {
    const bundle = await messageBundle(other, artifact, { key })
    expect(await codeOf(bundle, keys('present'))).toEqual(['invalid', 'inclusion-promise'])
    expect(await codeOf(bundle, keys('ignored'))).toEqual(['verified', 'by key'])
  })
  test('has them looked at where the caller does not say', async () => {
    const bundle = await messageBundle(other, artifact, { key })
    expect(await codeOf(bundle, { keys: [{ name: key.name, pem: key.pem }], identities: [] })).toEqual(['invalid', 'inclusion-promise'])
  })
  test('of somebody else is untrusted', async () => {
    expect(await codeOf(await messageBundle(sigstore, artifact, { key: ecdsaKey('stranger') }), keys('ignored'))).toEqual([
      'untrusted',
      'unknown-key',
    ])
  })
  test('is not vouched for by an identity', async () => {
    expect(await codeOf(await messageBundle(sigstore, artifact, { key }))).toEqual(['untrusted', 'unknown-key'])
  })
  test.each([
    ['ECDSA P-256', ecdsaKey('k')],
    ['ECDSA P-384 with SHA-256', ecdsaKey('k', 'P-384', 'sha256')],
    ['RSA PKCS#1 v1.5', rsaKey('k')],
  ])('verifies with the digest alone: %s', async (_, signer) => {
    const digest = { artifact: { digest: sha256(artifact) } }
    const bundle = await messageBundle(sigstore, artifact, { key: signer })
    expect(await codeOf(bundle, { ...keys('required', signer), ...digest })).toEqual(['verified', 'k'])
    expect(await codeOf(bundle, { ...keys('required'), ...digest })).toEqual(['untrusted', 'unknown-key'])
  })
  test('of Ed25519 cannot be judged with the digest alone', async () => {
    const signer = ed25519Key('k')
    const judged = judge(await messageBundle(sigstore, artifact, { key: signer }), {
      ...keys('ignored', signer),
      artifact: { digest: sha256(artifact) },
    })
    await expect(judged).rejects.toMatchObject({ name: 'VerificationError', code: 'unsupported' })
  })
})

describe('a bundle that is right except for', () => {
  const flip = (text: string, at = 20) => {
    const bytes = Buffer.from(text, 'base64')
    bytes[at] = (bytes[at] ?? 0) ^ 1
    return bytes.toString('base64')
  }
  const entryOf = (bundle: BundleJson) => {
    const [entry] = bundle.verificationMaterial.tlogEntries
    if (!entry?.inclusionProof) throw new TypeError('no log entry')
    return { entry, proof: entry.inclusionProof }
  }
  type Change = (bundle: MessageBundleJson) => unknown
  const built = (options: BundleOptions, change: Change = () => {}) => ({ options, change })
  const edited = (change: Change) => built({}, change)
  const checkpointOf = (bundle: BundleJson) => entryOf(bundle).proof.checkpoint

  test.each<[string, { options: BundleOptions; change: Change }, string]>([
    ['its version', edited((b) => (b.mediaType = 'application/vnd.dev.sigstore.bundle+json;version=9.9')), 'bundle-media-type'],
    ['its media type', edited((b) => (b.mediaType = 'application/json')), 'bundle-media-type'],
    ['its content, which is not there', edited((b) => Reflect.deleteProperty(b, 'messageSignature')), 'bundle-malformed'],
    ['its material, which is not there', edited((b) => delete b.verificationMaterial.certificate), 'bundle-malformed'],
    ['its inclusion proof, which is not there', edited((b) => delete entryOf(b).entry.inclusionProof), 'bundle-malformed'],
    [
      'its chain, in a version that has none',
      built({ version: '0.2' }, (b) => (b.mediaType = 'application/vnd.dev.sigstore.bundle.v0.3+json')),
      'bundle-malformed',
    ],
    ['the alphabet of its base64', edited((b) => (entryOf(b).entry.canonicalizedBody = '-_-_')), 'bundle-encoding'],
    [
      'the padding of its base64',
      edited((b) => (entryOf(b).proof.rootHash = entryOf(b).proof.rootHash.replaceAll('=', ''))),
      'bundle-encoding',
    ],
    ['a log entry that is there twice', edited((b) => b.verificationMaterial.tlogEntries.push(entryOf(b).entry)), 'duplicate-log-entry'],
    [
      'a log entry that is there twice under another index',
      edited((b) => b.verificationMaterial.tlogEntries.push({ ...entryOf(b).entry, logIndex: '7' })),
      'duplicate-log-entry',
    ],
    ['the artifact', edited((b) => (b.messageSignature.messageDigest.digest = Buffer.alloc(32).toString('base64'))), 'artifact-digest'],
    ['its hash', edited((b) => (b.messageSignature.messageDigest.algorithm = 'SHA3_256')), 'artifact-hash'],
    ['its signature', edited((b) => (b.messageSignature.signature = flip(b.messageSignature.signature))), 'signature'],
    ['its certificate, which is none', edited((b) => (b.verificationMaterial.certificate = { rawBytes: 'AAAA' })), 'bundle-malformed'],
    [
      'its certificate, which was changed',
      edited((b) => (b.verificationMaterial.certificate = { rawBytes: flip(b.verificationMaterial.certificate?.rawBytes ?? '', 400) })),
      'certificate',
    ],
    ['the purpose of its certificate', built({ certificate: { usage: 'emailProtection' } }), 'certificate-purpose'],
    ['a certificate that had ended', built({ integratedTime: new Date(Date.now() + 3_600_000) }), 'certificate-time'],
    ['a certificate that had not begun', built({ certificate: { notBefore: new Date(Date.now() + 3_600_000) } }), 'certificate-time'],
    ['the stamp of the certificate log, which is not there', built({ certificate: { sct: false } }), 'certificate-log'],
    ['the stamp of the certificate log, which is by another log', built({ certificate: { sct: 'other' } }), 'certificate-log'],
    [
      'the promise of its log',
      edited(
        (b) =>
          (entryOf(b).entry.inclusionPromise = {
            signedEntryTimestamp: flip(entryOf(b).entry.inclusionPromise?.signedEntryTimestamp ?? ''),
          }),
      ),
      'inclusion-promise',
    ],
    [
      'the time of its log',
      edited((b) => (entryOf(b).entry.integratedTime = String(Number(entryOf(b).entry.integratedTime) + 1))),
      'inclusion-promise',
    ],
    [
      'a hash of its inclusion proof',
      edited((b) => (entryOf(b).proof.hashes[0] = flip(entryOf(b).proof.hashes[0] ?? ''))),
      'inclusion-proof',
    ],
    ['a hash that is too many', edited((b) => entryOf(b).proof.hashes.push(entryOf(b).proof.rootHash)), 'inclusion-proof'],
    ['the place in its tree', edited((b) => (entryOf(b).proof.logIndex = '0')), 'inclusion-proof'],
    [
      'the size in its checkpoint',
      edited((b) => (checkpointOf(b).envelope = checkpointOf(b).envelope.replace(/\n\d+\n/, '\n1000\n'))),
      'checkpoint',
    ],
    [
      'its checkpoint, which is by nobody',
      edited((b) => (checkpointOf(b).envelope = checkpointOf(b).envelope.split('\u2014')[0] ?? '')),
      'checkpoint',
    ],
    [
      'its timestamp, which is none',
      built(
        { timestamp: true },
        (b) => (b.verificationMaterial.timestampVerificationData = { rfc3161Timestamps: [{ signedTimestamp: 'AAAA' }] }),
      ),
      'bundle-malformed',
    ],
    ['its timestamp, which is missing', built({ rekor: 2, timestamp: false }), 'timestamp-missing'],
  ])('%s', async (_, { options, change }, code) => {
    const bundle = await messageBundle(sigstore, artifact, options)
    change(bundle)
    const status = code === 'timestamp-missing' ? 'untrusted' : 'invalid'
    expect(await codeOf(bundle)).toEqual([status, code])
  })

  test('a checkpoint of another log', async () => {
    const [bundle, foreign] = await Promise.all([messageBundle(sigstore, artifact), messageBundle(other, artifact)])
    entryOf(bundle).proof.checkpoint = entryOf(foreign).proof.checkpoint
    expect(await codeOf(bundle)).toEqual(['invalid', 'checkpoint'])
  })
  test('an entry of another log', async () => {
    const [bundle, foreign] = await Promise.all([messageBundle(sigstore, artifact), messageBundle(other, artifact)])
    bundle.verificationMaterial.tlogEntries = foreign.verificationMaterial.tlogEntries
    expect(await codeOf(bundle)).toEqual(['invalid', 'inclusion-promise'])
  })
  test('a log entry about another signature', async () => {
    const [bundle, second] = await Promise.all([messageBundle(sigstore, artifact), messageBundle(sigstore, Buffer.from('another'))])
    bundle.verificationMaterial.tlogEntries = second.verificationMaterial.tlogEntries
    expect(await codeOf(bundle)).toEqual(['invalid', 'log-body'])
  })
  test('a log entry that lies about its kind', async () => {
    const bundle = await messageBundle(sigstore, artifact)
    entryOf(bundle).entry.kindVersion.kind = 'dsse'
    expect(await codeOf(bundle)).toEqual(['invalid', 'log-body'])
  })
  test('a timestamp over another signature', async () => {
    const [bundle, second] = await Promise.all([
      messageBundle(sigstore, artifact, { rekor: 2 }),
      messageBundle(sigstore, Buffer.from('b'), { rekor: 2 }),
    ])
    const data = second.verificationMaterial.timestampVerificationData
    if (data) bundle.verificationMaterial.timestampVerificationData = data
    expect(await codeOf(bundle)).toEqual(['invalid', 'timestamp'])
  })
  test('a timestamp by an authority that nobody knows', async () => {
    const bundle = await messageBundle(sigstore, artifact, { rekor: 2 })
    const signature = Buffer.from(bundle.messageSignature.signature, 'base64')
    const signedTimestamp = Buffer.from(await (await sigstoreInstance('third')).timestamp(signature)).toString('base64')
    bundle.verificationMaterial.timestampVerificationData = { rfc3161Timestamps: [{ signedTimestamp }] }
    expect(await codeOf(bundle)).toEqual(['invalid', 'timestamp'])
  })
  test('the instance that signed it', async () => {
    expect(await codeOf(await messageBundle(other, artifact))).toEqual(['untrusted', 'unknown-authority'])
  })
  test.each(['{', '[]', 'null', '"bundle"', '{}'])('being no bundle: %s', async (text) => {
    expect((await codeOf(text))[0]).toBe('invalid')
  })
  test('being nested without end', async () => {
    const deep = `{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","x":${'['.repeat(5000)}${']'.repeat(5000)}}`
    expect(await codeOf(deep)).toEqual(['invalid', 'bundle-encoding'])
  })
})

describe('an envelope that is right except for', () => {
  test.each<[string, string | object, string | undefined, string]>([
    ['the type of its payload', statement(), 'application/json', 'payload-type'],
    ['a payload type that lies', 'no statement', undefined, 'statement-malformed'],
    ['the type of its statement', { ...statement(), _type: 'https://in-toto.io/Statement/v9' }, undefined, 'statement-malformed'],
    ['its subjects, which are none', { ...statement(), subject: [] }, undefined, 'statement-malformed'],
    ['its subject', statement(Buffer.from('another')), undefined, 'statement-subject'],
    ['the hash of its subject', { ...statement(), subject: [{ digest: { md5: '00' } }] }, undefined, 'statement-subject'],
    [
      'a second digest of its subject',
      { ...statement(), subject: [{ digest: { sha256: sha256(artifact).slice(7), sha512: '00' } }] },
      undefined,
      'statement-subject',
    ],
  ])('%s', async (_, payload, payloadType, code) => {
    const bundle = await envelopeBundle(sigstore, payload, payloadType ? { payloadType } : {})
    expect(await codeOf(bundle)).toEqual(['invalid', code])
  })
  test('its number of signatures', async () => {
    const bundle = await envelopeBundle(sigstore, statement())
    bundle.dsseEnvelope.signatures.push({ sig: 'AAAA', keyid: '' })
    expect(await codeOf(bundle)).toEqual(['invalid', 'bundle-malformed'])
  })
  test('its payload type, changed after it was signed', async () => {
    const bundle = await envelopeBundle(sigstore, statement(), { payloadType: 'application/vnd.in-toto' })
    bundle.dsseEnvelope.payloadType = 'application/vnd.in-toto+json'
    expect(await codeOf(bundle)).toEqual(['invalid', 'signature'])
  })
})

describe('an identity', () => {
  const signers = (...identities: KeylessSigner[]) => ({ identities })
  const matching = (text: string) => ({ matches: readAnchoredExpression(text, 'policy.yaml:3') })
  test.each<[string, Partial<KeylessSigner>, string]>([
    ['is another issuer’s', { issuer: { equals: 'https://issuer.example' } }, 'unknown-identity'],
    ['is another subject', { subject: { equals: `${workflow}x` } }, 'unknown-identity'],
    ['has the subject inside of another', { subject: { equals: workflow.slice(0, -1) } }, 'unknown-identity'],
    ['matches an expression', { subject: matching('^https://github\\.com/acme/.*$') }, 'release'],
    ['matches no expression', { subject: matching('^https://github\\.com/evil/.*$') }, 'unknown-identity'],
    ['has the extension that is asked for', { extensions: new Map([['githubWorkflowRef', { equals: 'refs/heads/main' }]]) }, 'release'],
    [
      'has an extension of another value',
      { extensions: new Map([['githubWorkflowRef', { equals: 'refs/heads/dev' }]]) },
      'unknown-identity',
    ],
    ['has not the extension that is asked for', { extensions: new Map([['runnerEnvironment', matching('.*')]]) }, 'unknown-identity'],
  ])('%s', async (_, change, answer) => {
    const bundle = await messageBundle(sigstore, artifact, { certificate: { extensions: { 6: 'refs/heads/main' } } })
    expect((await codeOf(bundle, signers({ ...release, ...change })))[1]).toBe(answer)
  })
  test('of an e-mail address is read', async () => {
    const subject = { type: 'email', value: 'dev@acme.example' } as const
    const bundle = await messageBundle(sigstore, artifact, { certificate: { subject, issuer: 'https://accounts.example' } })
    const dev = { name: 'dev', issuer: { equals: 'https://accounts.example' }, subject: { equals: 'dev@acme.example' } }
    expect(await codeOf(bundle, signers(release, dev))).toEqual(['verified', 'dev'])
  })
  test('may have its own instance', async () => {
    const bundle = await messageBundle(other, artifact)
    expect(await codeOf(bundle, signers(release, { ...release, name: 'theirs', root: other.root }))).toEqual(['verified', 'theirs'])
  })
  test('is looked for in every instance of a file with several, one a line', async () => {
    const lines = [sigstore, other].map(({ rootJson }) => JSON.stringify(JSON.parse(rootJson)))
    const root = readTrustedRoot(Buffer.from(lines.join('\n')), 'roots.jsonl')
    for (const instance of [sigstore, other]) {
      expect(await codeOf(await messageBundle(instance, artifact), { root })).toEqual(['verified', 'release'])
      const key = ecdsaKey('by key')
      const keys = [{ name: 'k', pem: key.pem, transparencyLog: 'required' as const }]
      expect(await codeOf(await messageBundle(instance, artifact, { key }), { root, keys, identities: [] })).toEqual(['verified', 'k'])
    }
    const third = await sigstoreInstance('third')
    expect(await codeOf(await messageBundle(third, artifact), { root })).toEqual(['untrusted', 'unknown-authority'])
    expect(() => readTrustedRoot(Buffer.from(`${lines[0]}\n{}`), 'roots.jsonl')).toThrow('trusted root "roots.jsonl, line 2"')
  })
  test('is nobody’s where no identity is trusted', async () => {
    expect(await codeOf(await messageBundle(sigstore, artifact), signers())).toEqual(['untrusted', 'unknown-identity'])
  })
})

describe('a wrong call', () => {
  test.each(['sha256:00', 'sha1:0000000000000000000000000000000000000000', 'latest'])('the digest %s', async (digest) => {
    await expect(judge({}, { artifact: { digest } })).rejects.toBeInstanceOf(UsageError)
  })
  test.each([
    '',
    '{}',
    '{"mediaType":"application/json"}',
    '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1","tlogs":[{}]}',
  ])('the trusted root %s', (text) => {
    expect(() => readTrustedRoot(Buffer.from(text), 'root.json')).toThrow(/^trusted root "root.json"/)
  })
})

test('the embedded root is the public instance, with both versions of Rekor', async () => {
  const { embeddedTrustedRoot } = await import('../../src/verify/sigstore/trusted-root.ts')
  const { material } = await embeddedTrustedRoot()
  expect(material.tlogs.map(({ baseURL }) => baseURL)).toEqual(['https://rekor.sigstore.dev', 'https://log2025-1.rekor.sigstore.dev'])
  expect(await codeOf(await messageBundle(sigstore, artifact), { root: await embeddedTrustedRoot() })).toEqual([
    'untrusted',
    'unknown-authority',
  ])
})
