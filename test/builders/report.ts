/** Reports and what a renderer is given beside them. */
import type { AffectedPackage, Finding, Gap, ImageSubject, Location, Report, RuleText } from '../../src/findings.ts'
import type { Exposure } from '../../src/gate/risk/exposure.ts'
import { withRisks } from '../../src/gate/risk/image-risk.ts'
import { riskOf } from '../../src/gate/risk/risk.ts'
import { defaultPolicy } from '../../src/policy/read.ts'
import type { RenderContext } from '../../src/report/renderer.ts'

export function place(file: string, startLine: number, startColumn?: number, endColumn?: number, endLine = startLine): Location {
  return {
    file,
    startLine,
    endLine,
    ...(startColumn === undefined ? {} : { startColumn }),
    ...(endColumn === undefined ? {} : { endColumn }),
  }
}

export function finding(some: Partial<Finding> = {}): Finding {
  const rule = some.rule ?? 'pod/privileged'
  return {
    rule,
    check: 'manifest',
    severity: 'high',
    title: 'Container runs privileged',
    message: 'container "shop" runs privileged',
    subject: 'Deployment/default/shop',
    locations: [place('deploy/shop.yaml', 4)],
    state: 'new',
    blocking: some.state === undefined || some.state === 'new',
    fingerprint: `${rule}-1`,
    ...some,
  }
}

export function vulnerability(rule: string, affected: Partial<AffectedPackage> = {}, some: Partial<Finding> = {}): Finding {
  const name = affected.name ?? 'openssl'
  const version = affected.version ?? '1.1.1d-r0'
  return finding({
    rule,
    check: 'vulnerability',
    title: `${name} is vulnerable`,
    message: `${name} ${version} is affected by ${rule}`,
    subject: `ghcr.io/acme/shop:1.4@sha256:${'1a'.repeat(32)}`,
    package: { name, version, purl: `pkg:apk/alpine/${name}@${version}`, ...affected },
    fingerprint: `${rule}-${name}`,
    ...some,
  })
}

export function image(some: Partial<ImageSubject> = {}): ImageSubject {
  return {
    kind: 'image',
    reference: 'ghcr.io/acme/shop:1.4',
    digest: `sha256:${'1a'.repeat(32)}`,
    platform: 'linux/amd64',
    signature: 'verified',
    packages: 214,
    locations: [place('deploy/shop.yaml', 4)],
    ...some,
  }
}

/** Counts its own summary; the verdict follows from it unless it is given. */
export function report(some: Partial<Report> = {}): Report {
  const findings = some.findings ?? []
  const gaps: readonly Gap[] = some.gaps ?? []
  const of = (severity: string) => findings.filter((each) => each.severity === severity && each.state === 'new').length
  const blocking = findings.filter((each) => each.blocking).length
  const verdict = blocking > 0 ? 'block' : gaps.length > 0 ? 'incomplete' : 'pass'
  return {
    schema: 'portcullis.report/v1',
    verdict,
    reasons:
      verdict === 'block' ? [`${blocking} blocking findings`] : verdict === 'incomplete' ? [`${gaps.length} gaps`] : ['nothing blocks'],
    summary: {
      critical: of('critical'),
      high: of('high'),
      medium: of('medium'),
      low: of('low'),
      unknown: of('unknown'),
      blocking,
      existing: findings.filter((each) => each.state === 'existing').length,
      waived: findings.filter((each) => each.state === 'waived').length,
      gaps: gaps.length,
    },
    subjects: [],
    findings,
    gaps,
    coverage: { files: { judged: 1, skipped: 0 }, objects: 1, dockerfiles: 0, images: { judged: 0, failed: 0 } },
    policy: { files: [], failOn: 'high' },
    ...some,
  }
}

export function renderContext(files: Readonly<Record<string, string>> = {}, some: Partial<RenderContext> = {}): RenderContext {
  const lines = new Map(Object.entries(files).map(([file, text]) => [file, text.split('\n')]))
  return { lines: (file) => lines.get(file) ?? [], width: 100, colour: false, version: '1.2.3', ...some }
}

export const privilegedText: RuleText = {
  id: 'pod/privileged',
  severity: 'critical',
  title: 'Container runs privileged',
  why: 'A privileged container has the devices and the kernel of its node: who takes the container has the node.',
  fix: 'Remove `privileged: true` and add only the capabilities that the program uses.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
}

const shopYaml = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  template:
    spec:
      containers:
        - name: shop
          image: ghcr.io/acme/shop:1.4
          securityContext:
            privileged: true
\t\t\tenv: 商店 # 商店のコンテナ
        - name: 商店
          image: ghcr.io/acme/店:latest
`

const dockerfile = `FROM ghcr.io/acme/shop:1.4
RUN curl https://example.com/install | sh
`

const workerYaml = `apiVersion: batch/v1
kind: CronJob
metadata:
  name: worker
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - name: worker
              image: ghcr.io/acme/shop:1.4
              env:
                - name: TOKEN
                  value: hunter2-very-secret
`

const shopDeployment: Exposure = {
  ...{ subject: 'Deployment/default/shop', namespace: 'default', importance: 'normal', isImportanceKnown: false },
  pod: {
    entrances: ['Ingress/default/shop'],
    isolated: [],
    privileges: [{ privilege: 'privileged', what: 'privileged' }],
    rights: {
      level: 'token',
      account: 'default/default',
      what: 'has a token mounted, and no binding of the tree names it',
      isKnown: false,
    },
    secrets: [],
  },
}

const exposures: ReadonlyMap<string, Exposure> = new Map([
  [`ghcr.io/acme/shop:1.4@sha256:${'1a'.repeat(32)}`, shopDeployment],
  ['Deployment/default/shop', shopDeployment],
])

/** One of everything that a reader meets: the golden files show how it is told. */
export function exampleReport(): { report: Report; context: RenderContext } {
  const use = [place('deploy/shop.yaml', 10, 18, 39), place('build/Dockerfile', 1, 6, 27), place('deploy/worker.yaml', 12, 22, 43)]
  const shop = { locations: use }
  const findings: Finding[] = [
    vulnerability(
      'CVE-2021-3711',
      {
        fixed: '1.1.1l-r0',
        layer: `sha256:${'2b'.repeat(32)}`,
        instruction: 'RUN apk add openssl # buildkit',
        path: 'lib/apk/db/installed',
      },
      {
        ...shop,
        severity: 'critical',
        score: 9.8,
        knownExploited: true,
        epss: 0.943,
        title: 'SM2 decryption buffer overflow',
        aliases: ['ALPINE-CVE-2021-3711'],
        references: ['https://www.openssl.org/news/secadv/20210824.txt'],
      },
    ),
    vulnerability(
      'CVE-2020-1967',
      { fixed: '1.1.1g-r0' },
      { ...shop, severity: 'high', score: 7.5, title: 'Segmentation fault in SSL_check_chain' },
    ),
    vulnerability('CVE-2019-1551', { fixed: '1.1.1d-r3' }, { ...shop, severity: 'medium', score: 5.3, blocking: false }),
    vulnerability(
      'CVE-2019-14697',
      { name: 'musl', version: '1.1.23-r1', fixed: '1.1.23-r2' },
      { ...shop, severity: 'critical', score: 9.8, title: 'x87 floating-point stack adjustment imbalance' },
    ),
    vulnerability(
      'CVE-2018-20679',
      { name: 'busybox', version: '1.30.1-r1' },
      { ...shop, severity: 'low', blocking: false, state: 'existing', title: 'Out of bounds read in udhcp components' },
    ),
    finding({
      rule: 'signature/missing',
      check: 'signature',
      title: 'Image is not signed',
      message: 'no signature found for sha256:1a1a1a1a1a1a, the policy asks for one of: release key',
      subject: `ghcr.io/acme/shop:1.4@sha256:${'1a'.repeat(32)}`,
      ...shop,
    }),
    finding({
      severity: 'critical',
      locations: [place('deploy/shop.yaml', 12, 25, 29)],
      suggestion: { startLine: 12, endLine: 12, replacement: '            privileged: false' },
      references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
    }),
    finding({
      rule: 'image/mutable-tag',
      severity: 'medium',
      blocking: false,
      title: 'Image is named by a tag that can move',
      message: 'image "ghcr.io/acme/店:latest" has no digest: what runs tomorrow may be something else than what was judged today',
      locations: [place('deploy/shop.yaml', 15, 18, 39)],
      fingerprint: 'mutable-1',
    }),
    finding({
      rule: 'network/unselected',
      severity: 'low',
      blocking: false,
      state: 'waived',
      title: 'No NetworkPolicy selects the workload',
      message: 'no NetworkPolicy selects the pods of "shop"',
      locations: [place('deploy/shop.yaml', 4)],
      fingerprint: 'network-1',
      waiver: { reason: 'the mesh does this', owner: 'platform', until: '2027-01-31' },
    }),
    finding({
      rule: 'secret/token',
      check: 'secret',
      title: 'Secret in a manifest',
      message: 'a value that looks like a token stands in the environment of "worker"',
      subject: 'CronJob/default/worker',
      locations: [place('deploy/worker.yaml', 15, 26, 45)],
      fingerprint: 'secret-1',
    }),
    finding({
      rule: 'config/root',
      check: 'image-config',
      severity: 'medium',
      blocking: false,
      title: 'Image starts as root',
      message: 'the configuration of the image has no user',
      subject: `ghcr.io/acme/tools:3@sha256:${'3c'.repeat(32)}`,
      locations: [],
      fingerprint: 'config-1',
    }),
  ]
  const rated = findings.map((each) => ({ ...each, risk: riskOf(each, exposures.get(each.subject), defaultPolicy()) }))
  const gaps = [
    { subject: 'ghcr.io/acme/api:2', message: 'registry answered 503 after 5 tries', locations: [place('deploy/api.yaml', 14)] },
    { subject: 'chart/templates/web.yaml', message: 'line 7: a template is not YAML, render the chart first', locations: [] },
  ]
  return {
    report: report({
      findings: rated,
      reasons: ['4 critical and high findings', 'ghcr.io/acme/shop:1.4: no trusted signature'],
      subjects: withRisks(
        [
          image({ signature: 'unsigned', signatureMessage: 'no signature found, the policy asks for one of: release key', locations: use }),
          image({ reference: 'ghcr.io/acme/tools:3', digest: `sha256:${'3c'.repeat(32)}`, packages: 12, locations: [] }),
          {
            kind: 'image',
            reference: 'ghcr.io/acme/api:2',
            signature: 'unchecked',
            locations: [place('deploy/api.yaml', 14)],
          },
        ],
        rated,
        gaps,
      ),
      gaps,
      coverage: { files: { judged: 41, skipped: 3 }, objects: 57, dockerfiles: 2, images: { judged: 2, failed: 1 } },
      policy: { files: ['.portcullis.yaml'], revision: '0123456789abcdef0123456789abcdef01234567', failOn: 'high' },
    }),
    context: renderContext(
      { 'deploy/shop.yaml': shopYaml, 'build/Dockerfile': dockerfile, 'deploy/worker.yaml': workerYaml },
      {
        rules: new Map([[privilegedText.id, privilegedText]]),
        newest: (_purl, versions) => versions.toSorted().at(-1),
        today: '2027-01-20',
      },
    ),
  }
}
