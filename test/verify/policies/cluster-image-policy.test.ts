import { beforeAll, describe, expect, test } from 'vitest'
import { UsageError } from '../../../src/findings.ts'
import { appliesTo } from '../../../src/verify/policies/image-names.ts'
import { judgeAdmission } from '../../../src/verify/policies/judge.ts'
import { readAdmissionPolicies } from '../../../src/verify/policies/readers.ts'
import { documentOf, indent, policyOf } from '../../builders/admission.ts'
import { envelopeBundle } from '../../builders/bundle.ts'
import { attachBundle, cosignKeyless, signStatement, statementAbout } from '../../builders/image-signatures.ts'
import { memoryRepository, sha256, shop } from '../../builders/memory-repository.ts'
import { cosignSign, ecdsaKey } from '../../builders/signing.ts'
import { githubIssuer, type SigstoreInstance, sigstoreInstance, workflow } from '../../builders/sigstore.ts'

const release = ecdsaKey('release')
const auditor = ecdsaKey('auditor')

const keyAuthority = (name: string, { pem }: { pem: string }, more = 'ctlog: {}') => `
  - name: ${name}
    key:
      data: |
${indent(pem, 8)}
    ${more}`
const keylessAuthority = (more = '') => `
  - name: workflow
    keyless:
      identities:
      - issuer: ${githubIssuer}
        subjectRegExp: ^https://github\\.com/acme/.*$
${more}`
const policyText = (authorities: string, more = '') => `
apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata:
  name: release
spec:
  images:
  - glob: ghcr.io/acme/**
${more}
  authorities:${authorities}
`

let sigstore: SigstoreInstance
beforeAll(async () => {
  sigstore = await sigstoreInstance()
})

function published() {
  const repository = memoryRepository()
  const manifest = repository.addManifest([])
  return { repository, manifest, digest: manifest.digest }
}

async function judge({ repository, digest }: ReturnType<typeof published>, authorities: string, more = '') {
  const answer = await judgeAdmission(
    policyOf(policyText(authorities, more)),
    { source: repository.source, reference: shop, digest, root: sigstore.root },
    AbortSignal.timeout(10_000),
  )
  return answer.holds ? 'admitted' : answer.gaps.length > 0 ? 'gap' : answer.problems.map(({ rule }) => rule).join()
}

describe('authorities decide as policy-controller says', () => {
  test('a key', async () => {
    const image = published()
    expect(await judge(image, keyAuthority('release', release))).toBe('signature/missing')
    cosignSign(image.repository, image.digest, { key: auditor })
    expect(await judge(image, keyAuthority('release', release))).toBe('signature/untrusted')
    cosignSign(image.repository, image.digest, { key: release })
    expect(await judge(image, keyAuthority('release', release))).toBe('admitted')
  })
  test('a key, with the log that is asked for where nothing is said', async () => {
    const image = published()
    cosignSign(image.repository, image.digest, { key: release })
    expect(await judge(image, keyAuthority('release', release, ''))).toBe('signature/untrusted')
    await cosignKeyless(image.repository, sigstore, image.digest, { key: release })
    expect(await judge(image, keyAuthority('release', release, ''))).toBe('admitted')
  })
  test('an identity, in every form of signature', async () => {
    const image = published()
    await cosignKeyless(image.repository, sigstore, image.digest)
    expect(await judge(image, keylessAuthority())).toBe('admitted')
    const bundled = published()
    attachBundle(bundled.repository, bundled.manifest, await envelopeBundle(sigstore, signStatement(bundled.digest)))
    expect(await judge(bundled, keylessAuthority())).toBe('admitted')
  })
  test('an identity of another issuer', async () => {
    const image = published()
    await cosignKeyless(image.repository, sigstore, image.digest, { certificate: { issuer: 'https://issuer.example' } })
    expect(await judge(image, keylessAuthority())).toBe('signature/untrusted')
  })
  test('one of several is enough', async () => {
    const image = published()
    cosignSign(image.repository, image.digest, { key: auditor })
    expect(await judge(image, keyAuthority('release', release) + keyAuthority('auditor', auditor))).toBe('admitted')
  })
  test('an attestation is looked for in place of a signature', async () => {
    const image = published()
    const attestations = '    attestations:\n    - name: built\n      predicateType: slsaprovenance1\n'
    cosignSign(image.repository, image.digest, { key: release })
    expect(await judge(image, keylessAuthority(attestations))).toBe('signature/missing')
    const provenance = statementAbout(image.digest, 'https://slsa.dev/provenance/v1', {})
    attachBundle(image.repository, image.manifest, await envelopeBundle(sigstore, provenance, { key: release }))
    expect(await judge(image, keylessAuthority(attestations))).toBe('signature/untrusted')
    attachBundle(image.repository, image.manifest, await envelopeBundle(sigstore, provenance))
    expect(await judge(image, keylessAuthority(attestations))).toBe('admitted')
  })
  test('all attestations of an authority are asked for, and only of its own signer', async () => {
    const image = published()
    const attestations = '    attestations:\n    - {name: a, predicateType: spdxjson}\n    - {name: b, predicateType: vuln}\n'
    attachBundle(
      image.repository,
      image.manifest,
      await envelopeBundle(sigstore, statementAbout(image.digest, 'https://spdx.dev/Document', {})),
    )
    expect(await judge(image, keylessAuthority(attestations))).toBe('signature/missing')
  })
  test('a forged signature says so', async () => {
    const image = published()
    cosignSign(image.repository, image.digest, { key: release, digest: sha256('another') })
    expect(await judge(image, keyAuthority('release', release))).toBe('signature/invalid')
  })
  test.each([
    ['pass', 'admitted'],
    ['fail', 'signature/untrusted'],
  ])('the static action %s', async (action, answer) => {
    const text = `\n  - static:\n      action: ${action}`
    expect(await judge(published(), text)).toBe(answer)
  })
})

describe('what is not judged is a gap, unless another authority holds', () => {
  const cue = '    attestations:\n    - name: a\n      predicateType: custom\n      policy: {type: cue, data: "predicate: ok"}\n'
  test.each([
    ['a key in a secret', '\n  - key: {secretRef: {name: release}}', ''],
    ['a key of a KMS', '\n  - key: {kms: "gcpkms://x"}', ''],
    ['a private instance', '\n  - keyless:\n      url: https://fulcio.internal\n      identities: [{issuer: "a", subject: "b"}]', ''],
    ['a certificate authority', '\n  - keyless:\n      ca-cert: {data: x}\n      identities: [{issuer: "a", subject: "b"}]', ''],
    ['another place of signatures', keyAuthority('release', release, 'source: [{oci: ghcr.io/acme/signatures}]\n    ctlog: {}'), ''],
    ['a policy over all authorities', keyAuthority('release', release), '  policy: {type: cue, data: x}'],
    ['a selection by label', keyAuthority('release', release), '  match: [{resource: pods}]'],
  ])('%s', async (_, authorities, more) => {
    const image = published()
    cosignSign(image.repository, image.digest, { key: release })
    expect(await judge(image, authorities, more)).toBe('gap')
  })
  test('a condition in CUE, once the attestation is there', async () => {
    const image = published()
    expect(await judge(image, keylessAuthority(cue))).toBe('signature/missing')
    const custom = statementAbout(image.digest, 'https://cosign.sigstore.dev/attestation/v1', {})
    attachBundle(image.repository, image.manifest, await envelopeBundle(sigstore, custom))
    expect(await judge(image, keylessAuthority(cue))).toBe('gap')
  })
  test('a gap beside an authority that holds', async () => {
    const image = published()
    cosignSign(image.repository, image.digest, { key: release })
    expect(await judge(image, `\n  - key: {kms: "gcpkms://x"}${keyAuthority('release', release)}`)).toBe('admitted')
  })
  test('a registry that does not answer', async () => {
    const image = published()
    image.repository.fail(`resolve ${image.digest.replace(':', '-')}.sig`, 'unreachable')
    expect(await judge(image, keyAuthority('release', release))).toBe('gap')
  })
})

describe('a policy that is wrong is refused with its line', () => {
  test.each([
    [
      'an expression that is not anchored',
      policyText('\n  - keyless:\n      identities:\n      - issuer: a\n        subjectRegExp: github.com/acme'),
      13,
      'not anchored',
    ],
    ['no issuer', policyText('\n  - keyless:\n      identities:\n      - subject: a'), 12, 'no issuer'],
    ['no identities', policyText('\n  - keyless: {}'), 10, 'no identities'],
    ['no key', policyText('\n  - key:\n      data: none'), 11, 'PEM block'],
    ['no authorities', policyText(' []'), 9, 'no authorities'],
    ['an authority of no kind', policyText('\n  - name: a'), 10, 'expected one of key, keyless, static'],
    ['a static action of another name', policyText('\n  - static: {action: maybe}'), 10, 'expected the action'],
    ['a glob that is an expression', policyText('').replace('ghcr.io/acme/**', '"ghcr.io/(a|b)"'), 7, 'expected a glob'],
  ])('%s', (_, text, line, message) => {
    const read = () => readAdmissionPolicies(documentOf(text))
    expect(read).toThrow(UsageError)
    expect(read).toThrow(`policy.yaml:${line}: `)
    expect(read).toThrow(message)
  })
})

test.each([
  ['**', true],
  ['ghcr.io/acme/*', true],
  ['ghcr.io/*', false],
  ['ghcr.io/**', true],
  ['ghcr.io/acme/shop:1.*', true],
  ['ghcr.io/acme/sho', false],
  ['*', false],
])('the glob %s matches the image: %s', (glob, matches) => {
  const policy = policyOf(policyText(keyAuthority('release', release)).replace('ghcr.io/acme/**', `'${glob}'`))
  expect(appliesTo(policy, shop, sha256('x'))).toBe(matches)
})

test.each(['index.docker.io/library/nginx*', '*', 'docker.io/library/nginx:latest', 'docker.io/nginx:*'])(
  'an official image of the hub is meant by %s',
  (glob) => {
    const policy = policyOf(policyText(keyAuthority('release', release)).replace('ghcr.io/acme/**', `'${glob}'`))
    expect(appliesTo(policy, { registry: 'docker.io', repository: 'library/nginx', text: 'nginx' }, sha256('x'))).toBe(true)
  },
)

test('a policy in warn mode says so, and others enforce', () => {
  expect(policyOf(policyText(keyAuthority('release', release))).mode).toBe('enforce')
  expect(policyOf(policyText(keyAuthority('release', release), '  mode: warn')).mode).toBe('warn')
  expect(workflow).toContain('acme')
})

test('a document of another kind holds none', () => {
  expect(readAdmissionPolicies(documentOf('kind: ClusterImagePolicy\napiVersion: config.openshift.io/v1'))).toEqual([])
})
