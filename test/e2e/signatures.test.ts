import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/findings.ts'
import { indent } from '../builders/admission.ts'
import { envelopeBundle, messageBundle } from '../builders/bundle.ts'
import { folderOf, portcullis, reportOf, writeInto } from '../builders/command.ts'
import { attachBundle, cosignAttest, cosignKeyless, signStatement, statementAbout } from '../builders/image-signatures.ts'
import { sha256 } from '../builders/memory-repository.ts'
import { attachNotation, coseEnvelope, jwsEnvelope, type NotationAuthority, notationAuthority } from '../builders/notation.ts'
import { fail, startRegistry, type TestRegistry } from '../builders/registry.ts'
import { type RegistryRepository, registryRepository, tagReferrers } from '../builders/registry-repository.ts'
import { cosignSign, ecdsaKey, ed25519Key, rsaKey } from '../builders/signing.ts'
import { githubIssuer, type SigstoreInstance, sigstoreInstance, workflow } from '../builders/sigstore.ts'

const release = ecdsaKey('release')
const auditor = ed25519Key('auditor')
const builder = rsaKey('builder', 'pss')
const stranger = ecdsaKey('stranger')
const otherWorkflow = workflow.replace('acme/shop', 'acme/cart')
const slsa = 'https://slsa.dev/provenance/v1'

interface World {
  readonly sigstore: SigstoreInstance
  readonly other: SigstoreInstance
  readonly github: SigstoreInstance
  readonly notary: NotationAuthority
  readonly otherNotary: NotationAuthority
}
type Sign = (image: RegistryRepository, world: World) => void | Promise<void>

interface Case {
  /** Also the name of the repository; what stands before the first `-` chooses the policy's rule. */
  readonly name: string
  readonly sign?: Sign
  readonly signature: string
  readonly rules?: readonly string[]
  /** Without the referrers API. */
  readonly fallback?: boolean
}

const provenance = (source: string) => ({
  buildDefinition: {
    buildType: 'https://actions.github.io/buildtypes/workflow/v1',
    externalParameters: { workflow: { repository: source, ref: 'refs/heads/main', path: '.github/workflows/release.yaml' } },
  },
  runDetails: { builder: { id: 'https://github.com/actions/runner' } },
})

const bundled =
  (options: Parameters<typeof envelopeBundle>[2] = {}, digest?: string): Sign =>
  async (image, { sigstore }) => {
    attachBundle(image, image.image, await envelopeBundle(sigstore, signStatement(digest ?? image.image.digest), options))
  }

const attested =
  (source: string): Sign =>
  async (image, { sigstore }) => {
    cosignSign(image, image.image.digest, { key: release })
    attachBundle(image, image.image, await envelopeBundle(sigstore, statementAbout(image.image.digest, slsa, provenance(source))))
  }

/** `actions/attest`: a provenance, and no signature. The instance for private repositories has timestamps, and no logs. */
const githubAttested =
  (by: 'sigstore' | 'github' | 'other', source: string): Sign =>
  async (image, world) => {
    const statement = statementAbout(image.image.digest, slsa, provenance(source))
    const options = by === 'sigstore' ? {} : ({ rekor: 0, timestamp: true, certificate: { sct: false } } as const)
    attachBundle(image, image.image, await envelopeBundle(world[by], statement, options))
  }

const notarised =
  (type: 'application/jose+json' | 'application/cose', by: 'notary' | 'otherNotary' = 'notary', digest?: string): Sign =>
  async (image, world) => {
    const options = { digest: digest ?? image.image.digest, signer: await world[by].issue() }
    attachNotation(image, image.image, type === 'application/cose' ? coseEnvelope(options) : jwsEnvelope(options), type)
  }

const another = sha256('another image')
const byKeys =
  (...keys: readonly (typeof release)[]): Sign =>
  (image) =>
    cosignSign(image, image.image.digest, ...keys.map((key) => ({ key })))

const verified: readonly Case[] = [
  { name: 'app-tag-key', sign: byKeys(release), signature: 'verified' },
  { name: 'app-tag-ed25519', sign: byKeys(auditor), signature: 'verified' },
  { name: 'app-tag-rsa', sign: byKeys(builder), signature: 'verified' },
  { name: 'app-tag-keyless', sign: (image, { sigstore }) => cosignKeyless(image, sigstore, image.image.digest), signature: 'verified' },
  {
    name: 'app-tag-timestamp',
    sign: (image, { sigstore }) => cosignKeyless(image, sigstore, image.image.digest, { timestamp: true }),
    signature: 'verified',
  },
  { name: 'app-bundle-1', sign: bundled({ version: '0.1' }), signature: 'verified' },
  { name: 'app-bundle-2', sign: bundled({ version: '0.2' }), signature: 'verified' },
  { name: 'app-bundle-3', sign: bundled(), signature: 'verified' },
  { name: 'app-bundle-key', sign: bundled({ key: release }), signature: 'verified' },
  { name: 'app-bundle-rekor2', sign: bundled({ rekor: 2 }), signature: 'verified' },
  { name: 'app-bundle-fallback', sign: bundled(), signature: 'verified', fallback: true },
  {
    name: 'app-bundle-manifest',
    async sign(image, { sigstore }) {
      const bytes = registry.blobs.get(image.image.digest) ?? new Uint8Array()
      attachBundle(image, image.image, await messageBundle(sigstore, bytes))
    },
    signature: 'verified',
  },
  {
    name: 'app-one-of-many',
    async sign(image, world) {
      cosignSign(image, image.image.digest, { key: stranger }, { digest: another })
      attachBundle(image, image.image, await envelopeBundle(world.other, signStatement(image.image.digest)))
      await bundled()(image, world)
    },
    signature: 'verified',
  },
  { name: 'two-of-two', sign: byKeys(release, auditor), signature: 'verified' },
  { name: 'built-by-workflow', sign: attested('https://github.com/acme/shop'), signature: 'verified' },
  {
    name: 'built-older-tag',
    async sign(image, { sigstore }) {
      const { digest } = image.image
      cosignSign(image, digest, { key: release })
      await cosignAttest(image, sigstore, digest, statementAbout(digest, slsa, provenance('https://github.com/acme/shop')))
    },
    signature: 'verified',
  },
  { name: 'attested-github', sign: githubAttested('github', 'https://github.com/acme/shop'), signature: 'verified' },
  { name: 'attested-public', sign: githubAttested('sigstore', 'https://github.com/acme/shop'), signature: 'verified' },
  { name: 'notary-jws', sign: notarised('application/jose+json'), signature: 'verified' },
  { name: 'notary-cose', sign: notarised('application/cose'), signature: 'verified' },
  { name: 'notary-fallback', sign: notarised('application/cose'), signature: 'verified', fallback: true },
  { name: 'clusterimage-key', sign: byKeys(release), signature: 'verified' },
  {
    name: 'clusterimage-keyless',
    sign: (image, { sigstore }) => cosignKeyless(image, sigstore, image.image.digest),
    signature: 'verified',
  },
  { name: 'kyverno-key', sign: byKeys(release), signature: 'verified' },
  { name: 'validating-key', sign: byKeys(release), signature: 'verified' },
]

const missing = ['signature/missing']
const untrusted = ['signature/untrusted']
const invalid = ['signature/invalid']

const wrong: readonly Case[] = [
  { name: 'app-unsigned', signature: 'unsigned', rules: missing },
  {
    name: 'app-sbom-only',
    async sign(image, { sigstore }) {
      const { digest } = image.image
      attachBundle(image, image.image, await envelopeBundle(sigstore, statementAbout(digest, 'https://cyclonedx.org/bom', {})))
      image.tag(`${digest.replace(':', '-')}.sbom`, image.addManifest([image.add('{}', 'application/vnd.cyclonedx+json')]))
    },
    signature: 'unsigned',
    rules: missing,
  },
  { name: 'app-stranger', sign: byKeys(stranger), signature: 'untrusted', rules: untrusted },
  {
    name: 'app-other-digest',
    sign: (image) => cosignSign(image, image.image.digest, { digest: another }),
    signature: 'invalid',
    rules: invalid,
  },
  {
    name: 'app-other-instance',
    sign: (image, { other }) => cosignKeyless(image, other, image.image.digest),
    signature: 'untrusted',
    rules: untrusted,
  },
  {
    name: 'app-other-workflow',
    sign: bundled({ certificate: { subject: { type: 'url', value: otherWorkflow } } }),
    signature: 'untrusted',
    rules: untrusted,
  },
  {
    name: 'app-other-issuer',
    sign: bundled({ certificate: { issuer: 'https://issuer.example' } }),
    signature: 'untrusted',
    rules: untrusted,
  },
  { name: 'app-bundle-other-digest', sign: bundled({}, another), signature: 'invalid', rules: invalid },
  { name: 'app-no-log-entry', sign: bundled({ rekor: 0 }), signature: 'untrusted', rules: untrusted },
  { name: 'app-no-sct', sign: bundled({ certificate: { sct: false } }), signature: 'invalid', rules: invalid },
  {
    name: 'app-other-log',
    async sign(image, { sigstore, other }) {
      const bundle = await envelopeBundle(sigstore, signStatement(image.image.digest), { log: other.rekor })
      attachBundle(image, image.image, bundle)
    },
    signature: 'invalid',
    rules: invalid,
  },
  { name: 'two-of-one', sign: byKeys(release, stranger), signature: 'untrusted', rules: untrusted },
  { name: 'two-of-the-same', sign: byKeys(release, release), signature: 'untrusted', rules: untrusted },
  { name: 'built-not-attested', sign: byKeys(release), signature: 'verified', rules: ['attestation/missing'] },
  { name: 'built-elsewhere', sign: attested('https://github.com/evil/shop'), signature: 'verified', rules: ['attestation/condition'] },
  {
    name: 'built-by-stranger',
    async sign(image, { other }) {
      const { digest } = image.image
      cosignSign(image, digest, { key: release })
      const statement = statementAbout(digest, slsa, provenance('https://github.com/acme/shop'))
      attachBundle(image, image.image, await envelopeBundle(other, statement))
    },
    signature: 'verified',
    rules: ['attestation/untrusted'],
  },
  {
    name: 'built-about-another',
    async sign(image, { sigstore }) {
      cosignSign(image, image.image.digest, { key: release })
      const statement = statementAbout(another, slsa, provenance('https://github.com/acme/shop'))
      attachBundle(image, image.image, await envelopeBundle(sigstore, statement))
    },
    signature: 'verified',
    rules: ['attestation/invalid'],
  },
  { name: 'attested-not', signature: 'unsigned', rules: ['attestation/missing'] },
  { name: 'attested-signed-only', sign: bundled(), signature: 'verified', rules: ['attestation/missing'] },
  {
    name: 'attested-elsewhere',
    sign: githubAttested('github', 'https://github.com/evil/shop'),
    signature: 'unsigned',
    rules: ['attestation/condition'],
  },
  {
    name: 'attested-by-stranger',
    sign: githubAttested('other', 'https://github.com/acme/shop'),
    signature: 'unsigned',
    rules: ['attestation/untrusted'],
  },
  { name: 'notary-stranger', sign: notarised('application/jose+json', 'otherNotary'), signature: 'untrusted', rules: untrusted },
  { name: 'notary-other-digest', sign: notarised('application/cose', 'notary', another), signature: 'invalid', rules: invalid },
  { name: 'clusterimage-stranger', sign: byKeys(stranger), signature: 'untrusted', rules: untrusted },
  { name: 'clusterimage-unsigned', signature: 'unsigned', rules: missing },
  { name: 'kyverno-stranger', sign: byKeys(stranger), signature: 'untrusted', rules: untrusted },
  { name: 'validating-stranger', sign: byKeys(stranger), signature: 'untrusted', rules: untrusted },
]

const policyOf = (host: string) => `signers:
- images: ["${host}/acme/app-*"]
  keys: [keys/release.pub, keys/auditor.pub, keys/builder.pub]
  keyless: [{issuer: "${githubIssuer}", subject: {matches: '^https://github\\.com/acme/shop/\\.github/workflows/release\\.yaml@refs/heads/[a-z]+$'}}]
- images: ["${host}/acme/two-*"]
  keys: [keys/release.pub, keys/auditor.pub]
  threshold: 2
- images: ["${host}/acme/built-*"]
  keys: [keys/release.pub]
  keyless: [{issuer: "${githubIssuer}", subject: "${workflow}"}]
  attestations:
  - type: provenance
    condition: provenance.builder == "https://github.com/actions/runner" and provenance.source starts_with "https://github.com/acme/"
- images: ["${host}/acme/attested-*"]
  threshold: 0
  keyless: [{issuer: "${githubIssuer}", subject: "${workflow}"}]
  attestations: [{type: provenance, condition: provenance.source starts_with "https://github.com/acme/"}]
- images: ["${host}/acme/notary-*"]
  notation: true
notation: {trustPolicy: notation/trustpolicy.json, trustStores: {"ca:acme": [notation/root.pem]}}
trustedRoot: keys/trusted_roots.jsonl
policies: [policies/cluster-image-policy.yaml, policies/kyverno.yaml, policies/image-validating-policy.yaml]
`

const trustPolicy = {
  version: '1.0',
  trustPolicies: [
    {
      name: 'acme',
      registryScopes: ['*'],
      signatureVerification: { level: 'strict', override: { revocation: 'skip' } },
      trustStores: ['ca:acme'],
      trustedIdentities: ['x509.subject: C=US, ST=WA, O=Acme\\, Inc'],
    },
  ],
}

const clusterImagePolicy = (host: string) => `apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata: {name: release}
spec:
  images: [{glob: "${host}/acme/clusterimage-*"}]
  authorities:
  - name: key
    key:
      data: |
${indent(release.pem, 8)}
    ctlog: {}
  - name: workflow
    keyless:
      identities: [{issuer: "${githubIssuer}", subjectRegExp: '^https://github\\.com/acme/.*$'}]
`

const kyverno = (host: string) => `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: signed}
spec:
  validationFailureAction: Enforce
  rules:
  - name: check
    match: {any: [{resources: {kinds: [Pod]}}]}
    verifyImages:
    - imageReferences: ["${host}/acme/kyverno-*"]
      attestors:
      - entries:
        - keys:
            rekor: {ignoreTlog: true}
            publicKeys: |
${indent(release.pem, 14)}
`

const validating = (host: string) => `apiVersion: policies.kyverno.io/v1
kind: ImageValidatingPolicy
metadata: {name: signed}
spec:
  validationActions: [Deny]
  matchImageReferences: [{glob: "${host}/acme/validating-*"}]
  attestors:
  - name: release
    cosign:
      ctlog: {insecureIgnoreTlog: true}
      key:
        data: |
${indent(release.pem, 10)}
  validations:
  - expression: images.containers.map(image, verifyImageSignatures(image, [attestors.release])).all(e, e > 0)
    message: not signed
`

const podOf = ({ name, reference }: RegistryRepository) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name.replace('/', '-')}}\nspec:\n  containers:\n  - name: main\n    image: ${reference}\n`

let registry: TestRegistry
let directory: string
let world: World
const images = new Map<string, RegistryRepository>()
const cleanUp: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  const lifetimeDays = 36_500
  const [sigstore, other, github, notary, otherNotary] = await Promise.all([
    sigstoreInstance(),
    sigstoreInstance('other'),
    sigstoreInstance('github'),
    notationAuthority('acme', { lifetimeDays }),
    notationAuthority('other', { lifetimeDays }),
  ])
  world = { sigstore, other, github, notary, otherNotary }
  registry = await startRegistry()
  cleanUp.push(() => registry.close())
  for (const { name, sign, fallback } of [...verified, ...wrong, { name: 'app-broken' }, { name: 'clusterimage-broken' }] as Case[]) {
    const image = registryRepository(registry, `acme/${name}`)
    images.set(name, image)
    await sign?.(image, world)
    if (fallback) tagReferrers(registry, image)
  }
  const withoutApi = new Set(verified.filter(({ fallback }) => fallback).map(({ name }) => `/v2/acme/${name}/referrers/`))
  registry.intercept = ({ url = '' }, response) => {
    if (/-broken\/manifests\/sha256-.+\.sig$/.test(url)) fail(response, 500, 'UNKNOWN')
    else if ([...withoutApi].some((start) => url.startsWith(start))) fail(response, 404, 'NOT_FOUND')
    else return false
    return true
  }
  const { host } = registry
  const files = {
    '.portcullis.yaml': policyOf(host),
    'keys/release.pub': release.pem,
    'keys/auditor.pub': auditor.pem,
    'keys/builder.pub': builder.pem,
    'keys/stranger.pub': stranger.pem,
    'keys/trusted_root.json': sigstore.rootJson,
    'keys/trusted_roots.jsonl': `${oneLine(sigstore.rootJson)}\n${oneLine(github.rootJson, ['tlogs', 'ctlogs'])}\n`,
    'notation/trustpolicy.json': JSON.stringify(trustPolicy),
    'notation/root.pem': notary.root.toString(),
    'policies/cluster-image-policy.yaml': clusterImagePolicy(host),
    'policies/kyverno.yaml': kyverno(host),
    'policies/image-validating-policy.yaml': validating(host),
  }
  const folder = await folderOf(files)
  directory = folder.directory
  cleanUp.push(folder.remove)
  git('init', '-b', 'main')
  git('add', '.')
  git('commit', '-m', 'base')
  // What the pull request says of signatures does not count.
  await writeInto(directory, '.portcullis.yaml', 'failOn: never\n')
})
afterAll(async () => {
  for (const step of cleanUp) await step()
})

function oneLine(rootJson: string, without: readonly string[] = []): string {
  return JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(rootJson)).filter(([name]) => !without.includes(name))))
}

function git(...call: string[]): void {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false']
  execFileSync('git', [...identity, ...call], { cwd: directory, stdio: 'ignore' })
}

const imageOf = (name: string): RegistryRepository => {
  const image = images.get(name)
  if (!image) throw new TypeError(`no image ${name}`)
  return image
}

/** A pull request that adds these images, one a document. */
async function judged(names: readonly string[]): Promise<{ report: Report; status: number | null }> {
  await writeInto(directory, 'deploy.yaml', names.map((name) => podOf(imageOf(name))).join('---\n'))
  return reportOf(['check', directory, '--base', 'main', '--checks', 'signatures'])
}

/** What is said of each image, by the name of its repository. */
function saidOf({ subjects, findings, gaps }: Report): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    subjects.flatMap((subject) => {
      if (subject.kind !== 'image') return []
      const { reference, signature, locations } = subject
      const name = /acme\/([\w-]+)/.exec(reference)?.[1] ?? reference
      const own = findings.filter(({ subject }) => subject.includes(`acme/${name}:`))
      const rules = own.filter(({ blocking }) => blocking).map(({ rule }) => rule)
      const lines = locations.map(({ file }) => file)
      return [[name, { signature, rules, gaps: gaps.filter((gap) => gap.subject.includes(`acme/${name}:`)).length, lines }]]
    }),
  )
}
const expected = (cases: readonly Case[]) =>
  Object.fromEntries(cases.map(({ name, signature, rules = [] }) => [name, { signature, rules, gaps: 0, lines: ['deploy.yaml'] }]))

describe('check', () => {
  test('passes images that are signed, in every form', async () => {
    const { report, status } = await judged(verified.map(({ name }) => name))
    expect({ status, verdict: report.verdict, said: saidOf(report) }).toEqual({ status: 0, verdict: 'pass', said: expected(verified) })
  })

  test('blocks images that are right except in one step, each by the rule of that step', async () => {
    const { report, status } = await judged(wrong.map(({ name }) => name))

    expect({ status, verdict: report.verdict, said: saidOf(report) }).toEqual({ status: 1, verdict: 'block', said: expected(wrong) })
  })

  test.each(['app-broken', 'clusterimage-broken'])('is incomplete where the registry fails at the signature of %s', async (broken) => {
    const { report, status } = await judged(['app-tag-key', broken])
    expect({ status, verdict: report.verdict, rules: report.findings.map(({ rule }) => rule) }).toEqual({
      status: 3,
      verdict: 'incomplete',
      rules: [],
    })
    const [gap] = report.gaps
    expect([gap?.subject, gap?.message, gap?.locations[0]?.startLine]).toEqual([
      expect.stringContaining(broken),
      expect.stringContaining('answered 500'),
      15,
    ])
  })

  test('says who signed, and what the policy demands, at the line of the image', async () => {
    const { report } = await judged(['app-other-workflow', 'built-elsewhere', 'app-sbom-only'])
    expect(report.findings.map(({ message, locations }) => [message, locations[0]?.startLine])).toEqual([
      [expect.stringContaining(`${otherWorkflow}" of "${githubIssuer}" at ${world.sigstore.now.toISOString()}`), 7],
      [expect.stringContaining('though there is 1 attestation; the SBOM below its tag is signed by nobody'), 23],
      [expect.stringContaining('provenance.source is "https://github.com/evil/shop"'), 15],
    ])
  })
})

describe('verify', () => {
  const keyless = ['--certificate-oidc-issuer', githubIssuer]
  const root = () => ['--trusted-root', join(directory, 'keys/trusted_root.json')]
  const key = (name: string) => ['--key', join(directory, `keys/${name}.pub`)]
  const regexp = ['--certificate-identity-regexp', '^https://github\\.com/acme/.*$']

  test.each<[string, () => string[], number, string]>([
    ['app-tag-key', () => key('release'), 0, 'verified'],
    ['app-tag-key', () => key('stranger'), 1, 'untrusted'],
    ['app-bundle-3', () => [...root(), ...keyless, '--certificate-identity', workflow], 0, 'verified'],
    ['app-bundle-fallback', () => [...root(), ...keyless, ...regexp], 0, 'verified'],
    ['app-other-issuer', () => [...root(), ...keyless, ...regexp], 1, 'untrusted'],
    ['app-unsigned', () => key('release'), 1, 'unsigned'],
    ['app-broken', () => key('release'), 3, 'unchecked'],
  ])('%s, with the signers of the call', async (name, trust, status, signature) => {
    const result = await reportOf(['verify', imageOf(name).reference, ...trust()])
    expect({ status: result.status, signature: result.report.subjects[0]?.signature }).toEqual({ status, signature })
  })

  test('asks whom the policy names, where the call names nobody', async () => {
    const call = ['verify', imageOf('two-of-one').reference, '--policy', join(directory, 'base.yaml')]
    await writeInto(directory, 'base.yaml', policyOf(registry.host))
    const { report, status } = await reportOf(call)
    expect([status, report.findings[0]?.message]).toEqual([1, expect.stringContaining('1 of the 2 signers that are asked for')])
  })
})

describe('verify-bundle', () => {
  const artifact = Buffer.from('the artifact')
  const issuer = ['--certificate-oidc-issuer', githubIssuer]
  const names = {
    exact: ['--certificate-identity', workflow, ...issuer],
    regexp: ['--certificate-identity-regexp', '^https://github\\.com/acme/.*$', ...issuer],
    other: ['--certificate-identity', `${workflow}x`, ...issuer],
    otherIssuer: ['--certificate-identity', workflow, '--certificate-oidc-issuer', 'https://issuer.example'],
  }
  beforeAll(async () => {
    const { sigstore } = world
    const write = async (name: string, bundle: unknown) => writeInto(directory, name, JSON.stringify(bundle))
    await writeInto(directory, 'artifact', artifact)
    await writeInto(directory, 'another', 'another artifact')
    await write('keyless.json', await messageBundle(sigstore, artifact))
    await write('older.json', await messageBundle(sigstore, artifact, { version: '0.1' }))
    await write('keyed.json', await messageBundle(sigstore, artifact, { key: release }))
    await write('statement.json', await envelopeBundle(sigstore, statementAbout(sha256(artifact), slsa, {})))
    await write('none.json', { mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json' })
  })

  test.each<[string, readonly string[], string, 0 | 1]>([
    ['keyless.json', names.exact, 'artifact', 0],
    ['keyless.json', names.regexp, 'artifact', 0],
    ['keyless.json', names.exact, sha256(artifact), 0],
    ['older.json', names.exact, 'artifact', 0],
    ['statement.json', names.exact, 'artifact', 0],
    ['statement.json', names.exact, sha256(artifact), 0],
    ['keyed.json', ['--key', 'keys/release.pub'], 'artifact', 0],
    ['keyless.json', names.other, 'artifact', 1],
    ['keyless.json', names.otherIssuer, 'artifact', 1],
    ['keyless.json', names.exact, 'another', 1],
    ['keyless.json', names.exact, another, 1],
    ['statement.json', names.exact, another, 1],
    ['keyed.json', ['--key', 'keys/stranger.pub'], 'artifact', 1],
    ['none.json', names.exact, 'artifact', 1],
  ])('%s, %j, %s', async (bundle, trust, file, status) => {
    const call = ['verify-bundle', '--bundle', bundle, ...trust, '--trusted-root', 'keys/trusted_root.json', file]
    const result = await portcullis(call, { directory })
    expect([result.status, result.output]).toEqual([status, ''])
  })

  test('an expression that is not anchored is a wrong call', async () => {
    const call = ['verify-bundle', '--bundle', 'keyless.json', '--certificate-identity-regexp', 'acme', ...issuer, 'artifact']
    const result = await portcullis(call, { directory })
    expect([result.status, result.errors]).toEqual([2, expect.stringContaining('is not anchored')])
  })
})
