import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/findings.ts'
import type { Policy } from '../../src/policy/policy.ts'
import { readDefaultPolicy, readNamedPolicy } from '../../src/policy/read.ts'

const seed = '../shared/zero-trust/image-security-policy.yaml'
const key = '-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----\n'

function readFrom(files: Record<string, string>): Promise<Policy> {
  return readDefaultPolicy(async (path) => (path in files ? Buffer.from(files[path] ?? '') : undefined))
}

async function errorOf(files: Record<string, string>): Promise<string> {
  const error = await readFrom(files).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(UsageError)
  return (error as UsageError).message
}

test('without a file the default is in force: it blocks on high', async () => {
  const policy = await readFrom({})
  expect({ files: policy.files, failOn: policy.failOn }).toEqual({ files: [], failOn: 'high' })
})

test('every key is read', async () => {
  const policy = await readFrom({
    '.portcullis.yaml': `
failOn: medium
registries:
  trusted: [ghcr.io/acme]
  mirrors:
    - { prefix: docker.io, registry: mirror.example.com }
    - { prefix: ghcr.io, layouts: ./images }
signers:
  - images: ["ghcr.io/acme/**"]
    keys: [keys/release.pub]
rules:
  pod/privileged: low
  image/mutable-tag: "off"
enforcement:
  - { paths: ["dev/**"], mode: warn }
waivers:
  - { rule: pod/privileged, subject: "DaemonSet/*", reason: node agent, owner: platform, until: 2026-12-31 }
kubernetesVersion: v1.31
podSecurity: { enforce: restricted, enforceVersion: v1.29 }
deny:
  - { name: pinned, condition: not image_pinned }
charts:
  - { path: ./charts/shop/, values: [values.yaml, prod.yaml] }
  - { path: charts/shop }
overlays: [overlays/prod]
podTemplates:
  - { kind: example.com/Worker, path: spec.template }
network: { allowAddresses: [169.254.1.0/24] }
`,
    'keys/release.pub': key,
    '.portcullis/waivers.yaml': '- { fingerprint: abc, reason: accepted, owner: web, until: 2026-11-30 }\n',
  })
  expect({ ...policy, denials: policy.denials.map(({ name, condition }) => [name, condition.text]) }).toEqual({
    files: ['.portcullis.yaml', '.portcullis/waivers.yaml'],
    unrated: { knownExploited: 'high', otherwise: 'medium' },
    advisories: { sources: [], warnAfterDays: 3, gapAfterDays: 7 },
    vex: [],
    allowAddresses: ['169.254.1.0/24'],
    charts: new Map([['charts/shop', [['values.yaml', 'prod.yaml'], []]]]),
    overlays: ['overlays/prod'],
    podTemplates: new Map([['example.com/Worker', [['spec', 'template']]]]),
    failOn: 'medium',
    registries: {
      trusted: ['ghcr.io/acme'],
      mirrors: [
        { prefix: 'docker.io', to: { registry: 'mirror.example.com' } },
        { prefix: 'ghcr.io', to: { layouts: 'images' } },
      ],
    },
    signers: [
      {
        images: ['ghcr.io/acme/**'],
        keys: [{ name: 'keys/release.pub', pem: key }],
        identities: [],
        notation: false,
        threshold: 1,
        attestations: [],
        believesVex: false,
        location: expect.objectContaining({ startLine: 9 }),
      },
    ],
    kubernetesMinor: 31,
    podSecurity: { enforce: { level: 'restricted', minor: 29 }, warn: { level: 'restricted', minor: Number.POSITIVE_INFINITY } },
    objectDenials: [],
    userPolicies: [],
    regoPolicies: [],
    rules: new Map([
      ['pod/privileged', 'low'],
      ['image/mutable-tag', 'off'],
    ]),
    enforcement: [{ paths: ['dev/**'], mode: 'warn' }],
    waivers: [
      expect.objectContaining({ rule: 'pod/privileged', subject: 'DaemonSet/*', until: '2026-12-31' }),
      expect.objectContaining({
        fingerprint: 'abc',
        owner: 'web',
        location: expect.objectContaining({ file: '.portcullis/waivers.yaml', startLine: 1 }),
      }),
    ],
    denials: [['pinned', 'not image_pinned']],
  })
})

test('keyless signers, thresholds and attestations are read', async () => {
  const policy = await readFrom({
    '.portcullis.yaml': `
signers:
  - images: ["ghcr.io/acme/**"]
    threshold: 2
    keys:
      - { key: keys/release.pub, transparencyLog: required }
    keyless:
      - issuer: https://token.actions.githubusercontent.com
        subject: { matches: "^https://github\\\\.com/acme/.+$" }
        extensions: { sourceRepositoryRef: refs/heads/main }
    attestations:
      - { type: provenance, condition: provenance.source starts_with "https://github.com/acme/" }
trustedRoot: keys/root.json
`,
    'keys/release.pub': key,
    'keys/root.json': '{}',
  })
  expect({ signers: policy.signers, root: policy.trustedRoot?.name }).toEqual({
    root: 'keys/root.json',
    signers: [
      {
        images: ['ghcr.io/acme/**'],
        notation: false,
        threshold: 2,
        keys: [{ name: 'keys/release.pub', pem: key, transparencyLog: 'required' }],
        identities: [
          {
            issuer: { equals: 'https://token.actions.githubusercontent.com' },
            subject: { matches: '^https://github\\.com/acme/.+$', where: '.portcullis.yaml:9:29' },
            extensions: new Map([['sourceRepositoryRef', { equals: 'refs/heads/main' }]]),
          },
        ],
        attestations: [
          {
            type: 'provenance',
            condition: {
              text: 'provenance.source starts_with "https://github.com/acme/"',
              location: expect.objectContaining({ startLine: 12 }),
            },
          },
        ],
        believesVex: false,
        location: expect.anything(),
      },
    ],
  })
})

test('policies of other engines are handed on as they stand', async () => {
  const policy = await readFrom({
    '.portcullis.yaml': 'policies: [cluster.yaml]\n',
    'cluster.yaml':
      'apiVersion: policy.sigstore.dev/v1beta1\nkind: ClusterImagePolicy\n---\napiVersion: kyverno.io/v1\nkind: ClusterPolicy\n',
  })
  expect(policy.userPolicies.map((document) => document.at('kind').value)).toEqual(['ClusterImagePolicy', 'ClusterPolicy'])
})

describe('what is wrong is said with file and line', () => {
  test.each([
    ['a wrong key', 'failOn: high\nfailon: low\n', '.portcullis.yaml:2:1: unknown key "failon" in the policy'],
    ['a wrong key below', 'registries:\n  trust: [a]\n', '.portcullis.yaml:2:3: unknown key "trust" in "registries"'],
    [
      'a wrong value',
      'failOn: severe\n',
      '.portcullis.yaml:1:9: "failOn": invalid option: expected one of "critical"|"high"|"medium"|"low"|"never"',
    ],
    ['a wrong type', 'signers: none\n', '.portcullis.yaml:1:10: "signers": invalid input: expected array, received string'],
    [
      'a missing field',
      'waivers:\n  - rule: a\n    reason: b\n    owner: c\n',
      '.portcullis.yaml:2:5: "waivers.0.until": invalid input: expected string, received undefined',
    ],
    [
      'a mirror to nowhere',
      'registries:\n  mirrors:\n    - prefix: a\n',
      '.portcullis.yaml:3:7: "registries.mirrors.0": expected one of "registry" and "layouts"',
    ],
    [
      'an unknown name in a condition',
      'deny:\n  - name: x\n    condition: image_registri == "a"\n',
      '.portcullis.yaml:3: condition of "x", column 1: unknown name "image_registri", expected image_registry, image_digest, image_repository',
    ],
    [
      'a path that climbs out',
      'signers:\n  - images: [a]\n    keys: [../../etc/passwd]\n',
      '.portcullis.yaml:3:12: "../../etc/passwd" leaves the folder of the policy',
    ],
    [
      'a key file that is not there',
      'signers:\n  - images: [a]\n    keys: [gone.pub]\n',
      '.portcullis.yaml:3:12: no such key file "gone.pub"',
    ],
    ['a policy in Rego that is not there', 'policies: [gone.rego]\n', '.portcullis.yaml:1:12: no such file "gone.rego"'],
    ['a policy file that is not there', 'policies: [gone.yaml]\n', '.portcullis.yaml:1:12: no such policy file "gone.yaml"'],
    [
      'a signer who is nobody',
      'signers:\n  - images: [a]\n',
      '.portcullis.yaml:2:5: "signers.0": expected "keys", "keyless" or "notation"',
    ],
    [
      'a threshold of none, and nothing that is to be said',
      'signers:\n  - images: [a]\n    threshold: 0\n    keys: [b]\n',
      '.portcullis.yaml:2:5: "signers.0": a threshold of 0 needs "attestations"',
    ],
    [
      'a threshold that nobody reaches',
      'signers:\n  - images: [a]\n    threshold: 2\n    keys: [b]\n',
      '.portcullis.yaml:2:5: "signers.0": the threshold is higher than there are signers',
    ],
    ['an empty file', '', '.portcullis.yaml: the policy is empty'],
    ['a second document', 'failOn: low\n---\nfailOn: high\n', '.portcullis.yaml:3:1: a second document, a policy is one'],
  ])('%s', async (_, text, message) => {
    expect(await errorOf({ '.portcullis.yaml': text })).toBe(message)
  })

  test('text that is no YAML', async () => {
    expect(await errorOf({ '.portcullis.yaml': 'a: [1\nb: 2\n' })).toMatch(/^\.portcullis\.yaml:\d+/u)
  })
})

describe('the ConfigMap form', () => {
  const configMap = `apiVersion: v1
kind: ConfigMap
metadata: { name: image-security-policy }
data:
  policy.yaml: |
    policies:
    - name: trusted-registry-only
      rules:
      - deny:
          condition: image_registry not in ["registry.company.com"]
`
  const readDenials = async (files: Record<string, string>) =>
    (await readFrom(files)).denials.map(({ name, condition, location }) => [name, condition.text, location.startLine])

  test('stands in the place of the policy, with the lines of the file', async () => {
    expect(await readDenials({ '.portcullis.yaml': configMap })).toEqual([
      ['trusted-registry-only', 'image_registry not in ["registry.company.com"]', 10],
    ])
  })

  test('stands beside it', async () => {
    expect(await readDenials({ '.portcullis.yaml': 'failOn: low\n', 'image-security-policy.yaml': configMap })).toHaveLength(1)
  })

  test('is named by it', async () => {
    expect(await readDenials({ '.portcullis.yaml': 'policies: [other.yaml]\n', 'other.yaml': configMap })).toHaveLength(1)
  })

  test('a mistake inside is said with the line of the file', async () => {
    expect(await errorOf({ '.portcullis.yaml': configMap.replace('image_registry', 'registry') })).toMatch(
      /^\.portcullis\.yaml:10: condition of "trusted-registry-only", column 1: unknown name "registry"/u,
    )
  })

  test('one without policies is no policy', async () => {
    expect(await errorOf({ '.portcullis.yaml': 'apiVersion: v1\nkind: ConfigMap\ndata: {}\n' })).toBe(
      '.portcullis.yaml:1:1: the ConfigMap holds no policy',
    )
  })

  test.skipIf(!existsSync(seed))('the seed policy is accepted as it stands', async () => {
    expect(await readDenials({ 'image-security-policy.yaml': readFileSync(seed, 'utf8') })).toEqual([
      ['trusted-registry-only', 'image_registry not in ["registry.company.com"]', 11],
      ['vulnerability-scan', 'vulnerability_score > 7.0', 15],
      ['signature-verification', 'image_signature != verified', 19],
    ])
  })
})

test('a file that is named has to be there', async () => {
  await expect(readNamedPolicy(['gone.yaml'], async () => undefined)).rejects.toThrow('gone.yaml: no such policy file')
})
