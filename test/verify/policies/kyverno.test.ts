import { beforeAll, describe, expect, test } from 'vitest'
import { UsageError } from '../../../src/findings.ts'
import { appliesTo } from '../../../src/verify/policies/image-names.ts'
import { judgeAdmission } from '../../../src/verify/policies/judge.ts'
import { readAdmissionPolicies } from '../../../src/verify/policies/readers.ts'
import { documentOf, indent, policyOf } from '../../builders/admission.ts'
import { envelopeBundle } from '../../builders/bundle.ts'
import { attachBundle, cosignKeyless, statementAbout } from '../../builders/image-signatures.ts'
import { memoryRepository, sha256, shop } from '../../builders/memory-repository.ts'
import { cosignSign, ecdsaKey } from '../../builders/signing.ts'
import { githubIssuer, type SigstoreInstance, sigstoreInstance } from '../../builders/sigstore.ts'

const release = ecdsaKey('release')
const auditor = ecdsaKey('auditor')
const vex = 'https://openvex.dev/ns/v0.2.0'

const ruleText = (entry: string, spec = 'validationFailureAction: Enforce') => `
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: signed}
spec:
  ${spec}
  rules:
  - name: others
    validate: {message: x}
  - name: check
    verifyImages:
    - imageReferences: ['ghcr.io/acme/*']
${indent(entry, 6)}
`
const keysEntry = (pems: readonly string[], rekor = '{ignoreTlog: true}') => `- keys:
    rekor: ${rekor}
    publicKeys: |
${indent(pems.join(''), 6)}`
const sets = (entries: string, count = '') => `attestors:\n- ${count && `count: ${count}\n  `}entries:\n${indent(entries, 2)}`

const validatingText = (expression: string, attestors = '', more = '') => `
apiVersion: policies.kyverno.io/v1
kind: ImageValidatingPolicy
metadata: {name: signed}
spec:
  ${more}
  matchImageReferences:
  - glob: ghcr.io/acme/*
  attestors:
  - name: release
    cosign:
      ctlog: {insecureIgnoreTlog: true}
      key:
        data: |
${indent(release.pem, 10)}
  - name: auditor
    cosign:
      ctlog: {insecureIgnoreTlog: true}
      key:
        data: |
${indent(auditor.pem, 10)}
  - name: workflow
    cosign:
      keyless:
        identities:
        - {issuer: '${githubIssuer}', subjectRegExp: '^https://github\\.com/acme/.*$'}
${attestors}
  attestations:
  - name: vex
    intoto: {type: '${vex}'}
  - name: raw
    referrer: {type: sbom/cyclone-dx}
  validations:
  - expression: >-
      ${expression}
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

async function judge({ repository, digest }: ReturnType<typeof published>, text: string) {
  const request = { source: repository.source, reference: shop, digest, root: sigstore.root }
  const answer = await judgeAdmission(policyOf(text), request, AbortSignal.timeout(10_000))
  return answer.holds ? 'admitted' : answer.gaps.length > 0 ? 'gap' : answer.problems.map(({ rule }) => rule).join()
}

describe('verifyImages', () => {
  test('needs every entry of a set, or as many as it counts', async () => {
    const image = published()
    cosignSign(image.repository, image.digest, { key: release })
    const both = `${keysEntry([release.pem])}\n${keysEntry([auditor.pem])}`
    expect(await judge(image, ruleText(sets(keysEntry([release.pem]))))).toBe('admitted')
    expect(await judge(image, ruleText(sets(both)))).toBe('signature/untrusted')
    expect(await judge(image, ruleText(sets(both, '1')))).toBe('admitted')
    cosignSign(image.repository, image.digest, { key: release }, { key: auditor })
    expect(await judge(image, ruleText(sets(both)))).toBe('admitted')
  })
  test('reads several keys in one text as several entries', async () => {
    const image = published()
    cosignSign(image.repository, image.digest, { key: auditor })
    const both = keysEntry([release.pem, auditor.pem])
    expect(await judge(image, ruleText(sets(both)))).toBe('signature/untrusted')
    expect(await judge(image, ruleText(sets(both, '1')))).toBe('admitted')
  })
  test('asks for the log where nothing is said', async () => {
    const image = published()
    cosignSign(image.repository, image.digest, { key: release })
    expect(await judge(image, ruleText(sets(keysEntry([release.pem], '{}'))))).toBe('signature/untrusted')
  })
  test.each([
    ['https://github.com/acme/*', 'admitted'],
    ['https://github.com/evil/*', 'signature/untrusted'],
    ['*/acme', 'signature/untrusted'],
  ])('reads the subject %s as a pattern over the whole of it', async (subject, answer) => {
    const image = published()
    await cosignKeyless(image.repository, sigstore, image.digest)
    expect(await judge(image, ruleText(sets(`- keyless:\n    issuer: ${githubIssuer}\n    subject: '${subject}'`)))).toBe(answer)
  })
  test('reads nested attestors', async () => {
    const image = published()
    cosignSign(image.repository, image.digest, { key: release })
    const nested = `- attestor:\n    count: 1\n    entries:\n${indent(`${keysEntry([release.pem])}\n${keysEntry([auditor.pem])}`, 4)}`
    expect(await judge(image, ruleText(sets(nested)))).toBe('admitted')
  })
  test('looks for attestations', async () => {
    const image = published()
    const entry = `attestations:\n- type: ${vex}\n${indent(sets(keysEntry([release.pem])), 2)}`
    expect(await judge(image, ruleText(entry))).toBe('signature/missing')
    attachBundle(image.repository, image.manifest, await envelopeBundle(sigstore, statementAbout(image.digest, vex, {}), { key: release }))
    expect(await judge(image, ruleText(entry))).toBe('admitted')
    expect(await judge(image, ruleText(`${entry}\n  conditions: [{all: [{key: x}]}]`))).toBe('gap')
  })
  test.each([
    ['type: Notary'],
    ['repository: ghcr.io/acme/signatures'],
    [sets('- certificates: {cert: x}')],
    [sets('- keys: {kms: x}')],
    [sets('- keys: {publicKeys: "{{ keys.data.production }}"}')],
    [sets(keysEntry([release.pem], '{url: "https://rekor.internal"}'))],
    [sets(keysEntry([release.pem], '{pubkey: x}'))],
    [sets('- keyless: {issuer: a, subject: b, roots: x}')],
    [sets(`- annotations: {a: b}\n${keysEntry([release.pem]).replace('- ', '  ')}`)],
  ])('has a gap where it is not judged: %j', async (entry) => {
    expect(await judge(published(), ruleText(entry))).toBe('gap')
  })
  test.each([
    ['', 'neither attestors nor attestations'],
    ['type: Other', 'expected Cosign'],
    [sets('- {}'), 'expected an attestor'],
    ['attestors: [{entries: []}]', 'has no entries'],
    [sets(keysEntry([release.pem]), '2'), 'expected a count from 1 to 1'],
    [sets('- keyless: {issuer: a}'), 'no subject'],
    [sets('- keyless: {issuer: a, subjectRegExp: acme}'), 'not anchored'],
    [sets('- keys: {publicKeys: "-----BEGIN PUBLIC KEY-----\\nAAAA\\n-----END PUBLIC KEY-----"}'), 'holds no public key'],
  ])('is refused with its line where it is wrong: %j', (entry, message) => {
    const read = () => readAdmissionPolicies(documentOf(ruleText(entry)))
    expect(read).toThrow(UsageError)
    expect(read).toThrow(/^policy\.yaml:\d+: /)
    expect(read).toThrow(message)
  })
  test('audits where nothing is said, and names its images and exceptions', () => {
    const entry = `skipImageReferences: ['ghcr.io/acme/shop:*-debug']\n${sets(keysEntry([release.pem]))}`
    const policy = policyOf(ruleText(entry, 'background: false'))
    expect(policy.mode).toBe('warn')
    expect(policyOf(ruleText(entry)).mode).toBe('enforce')
    expect(appliesTo(policy, shop, sha256('x'))).toBe(true)
    expect(appliesTo(policy, { ...shop, tag: '1-debug' }, sha256('x'))).toBe(false)
    expect(appliesTo(policy, { ...shop, registry: 'quay.io', text: 'x' }, sha256('x'))).toBe(false)
  })
})

describe('ImageValidatingPolicy', () => {
  const signatures = (attestors: string, comparison = '> 0') =>
    `images.containers.map(image, verifyImageSignatures(image, [${attestors}])).all(e, e ${comparison})`
  const attested = (name: string, attestor: string) =>
    `images.containers.map(image, verifyAttestationSignatures(image, attestations.${name}, [attestors.${attestor}])).all(e, e > 0)`

  test('counts the attestors that its validation names', async () => {
    const image = published()
    expect(await judge(image, validatingText(signatures('attestors.release')))).toBe('signature/missing')
    cosignSign(image.repository, image.digest, { key: auditor })
    expect(await judge(image, validatingText(signatures('attestors.release')))).toBe('signature/untrusted')
    expect(await judge(image, validatingText(signatures('attestors.release, attestors.auditor')))).toBe('admitted')
    expect(await judge(image, validatingText(signatures('attestors.release, attestors.auditor', '>= 2')))).toBe('signature/untrusted')
  })
  test('reads identities', async () => {
    const image = published()
    await cosignKeyless(image.repository, sigstore, image.digest)
    expect(await judge(image, validatingText(signatures('attestors.workflow')))).toBe('admitted')
  })
  test('looks for the attestation that its validation names', async () => {
    const image = published()
    expect(await judge(image, validatingText(attested('vex', 'workflow')))).toBe('signature/missing')
    attachBundle(image.repository, image.manifest, await envelopeBundle(sigstore, statementAbout(image.digest, vex, {})))
    expect(await judge(image, validatingText(attested('vex', 'workflow')))).toBe('admitted')
    expect(await judge(image, validatingText(attested('vex', 'release')))).toBe('signature/untrusted')
    expect(await judge(image, validatingText(attested('raw', 'release')))).toBe('gap')
  })
  test.each<[string, string, string]>([
    ['in a loop of its own', 'images.containers.all(i, verifyImageSignatures(i, [attestors.release]) > 0)', 'release'],
    ['with the number first', 'images.containers.all(i, 0 < verifyImageSignatures(i, [attestors.release]))', 'release'],
    ['as a truth of each image', 'images.containers.map(i, verifyImageSignatures(i, [attestors.release]) >= 1).all(ok, ok)', 'release'],
    ['by one of two', `${signatures('attestors.release')} || ${signatures('attestors.auditor')}`, 'release'],
    ['by both', `${signatures('attestors.release')} && ${signatures('attestors.auditor')}`, 'both'],
    ['by a variable', 'variables.signed', 'release'],
    ['whatever else is unknown', `${signatures('attestors.release')} || object.metadata.name == "x"`, 'release'],
  ])('runs what a validation says: %s', async (_, expression, signers) => {
    const text = validatingText(expression, '', `variables: [{name: signed, expression: "${signatures('attestors.release')}"}]`)
    const image = published()
    cosignSign(image.repository, image.digest, ...(signers === 'both' ? [{ key: release }, { key: auditor }] : [{ key: release }]))
    expect(await judge(image, text)).toBe('admitted')
    const strangers = published()
    cosignSign(strangers.repository, strangers.digest, { key: ecdsaKey('stranger') })
    expect(await judge(strangers, text)).toBe(expression.includes('object.') ? 'gap' : 'signature/untrusted')
  })
  test('holds each side of an "and" by itself', async () => {
    const image = published()
    cosignSign(image.repository, image.digest, { key: release })
    const both = `${signatures('attestors.release')} && ${signatures('attestors.auditor')}`
    expect(await judge(image, validatingText(both))).toBe('signature/untrusted')
    expect(await judge(image, validatingText('false'))).toBe('signature/untrusted')
    expect(await judge(image, validatingText('true'))).toBe('admitted')
  })
  test('has a gap where match conditions may exempt an image that does not hold', async () => {
    const text = validatingText(signatures('attestors.release'), '', 'matchConditions: [{name: a, expression: "true"}]')
    const image = published()
    expect(await judge(image, text)).toBe('gap')
    cosignSign(image.repository, image.digest, { key: release })
    expect(await judge(image, text)).toBe('admitted')
  })
  test.each([
    ['variables.endless', '', 'variables: [{name: endless, expression: "variables.endless"}]'],
    [
      'variables.x0',
      '',
      `variables: [${Array.from({ length: 40 }, (_, i) => `{name: x${i}, expression: "variables.x${i + 1} && variables.x${i + 1}"}`).join()}]`,
    ],
    [`!${signatures('attestors.release')}`, '', ''],
    [signatures('attestors.release', '< 1'), '', ''],
    [signatures('attestors.release', '== 1'), '', ''],
    ['images.containers.exists(i, verifyImageSignatures(i, [attestors.release]) > 0)', '', ''],
    ['object.images.all(i, verifyImageSignatures(i, [attestors.release]) > 0)', '', ''],
    ['images.containers.all(i, verifyImageSignatures(other, [attestors.release]) > 0)', '', ''],
    ['images.containers.map(i, extractPayload(i, attestations.vex).author == "x").all(e, e)', '', ''],
    ['images.containers.all(', '', ''],
    [signatures('attestors.notary'), '  - name: notary\n    notary: {certs: {value: x}}', ''],
    [signatures('attestors.tuf'), '  - name: tuf\n    cosign: {tuf: {mirror: x}, key: {data: x}}', ''],
    [signatures('attestors.private'), '  - name: private\n    cosign: {ctlog: {url: "https://rekor.internal"}, key: {data: x}}', ''],
    [signatures('attestors.secret'), '  - name: secret\n    cosign: {key: {kms: x}}', ''],
  ])('has a gap where it is not judged: %s', async (expression, attestors, more) => {
    expect(await judge(published(), validatingText(expression, attestors, more))).toBe('gap')
  })
  test('has a gap where images are matched by an expression', async () => {
    const text = validatingText(signatures('attestors.release')).replace(
      'glob: ghcr.io/acme/*',
      `expression: "image.registry == 'ghcr.io'"`,
    )
    const image = published()
    cosignSign(image.repository, image.digest, { key: release })
    expect(await judge(image, text)).toBe('gap')
    expect(appliesTo(policyOf(text), { ...shop, registry: 'quay.io' }, sha256('x'))).toBe(true)
  })
  test.each([
    [signatures('attestors.nobody'), '', 'no attestor'],
    [attested('nothing', 'release'), '', 'no attestation'],
    [signatures('attestors.empty'), '  - name: empty\n    cosign: {}', 'neither a key nor identities'],
    [
      signatures('attestors.open'),
      '  - name: open\n    cosign: {keyless: {identities: [{issuer: a, subjectRegExp: acme}]}}',
      'not anchored',
    ],
  ])('is refused with its line where it is wrong: %s', (expression, attestors, message) => {
    const read = () => readAdmissionPolicies(documentOf(validatingText(expression, attestors)))
    expect(read).toThrow(UsageError)
    expect(read).toThrow(/^policy\.yaml:\d+: /)
    expect(read).toThrow(message)
  })
  test('denies, unless it says otherwise', () => {
    expect(policyOf(validatingText(signatures('attestors.release'))).mode).toBe('enforce')
    expect(policyOf(validatingText(signatures('attestors.release'), '', 'validationActions: [Audit]')).mode).toBe('warn')
  })
})

test('a Kyverno policy without verifyImages holds none', () => {
  expect(readAdmissionPolicies(documentOf('apiVersion: kyverno.io/v1\nkind: Policy\nspec: {rules: [{name: a}]}'))).toEqual([])
})
