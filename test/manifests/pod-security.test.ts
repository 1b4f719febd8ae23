import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { judgeManifests } from '../../src/manifests/judge.ts'
import { standardRules } from '../../src/manifests/rules.ts'
import { repositoryOf } from './fixture.ts'

/** Upstream's own fixtures, beside the checkout where they are present. */
const conformance = fileURLToPath(new URL('../../../shared/conformance/pod-security/', import.meta.url))

/** The rules that speak up at a level and version of the namespace, for a pod and for a Deployment of it. */
async function judge(podText: string, level: string, version: string): Promise<{ pod: string[]; deployment: string[] }> {
  const pod = parse(podText)
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: pod.metadata.name },
    spec: { selector: {}, template: { metadata: pod.metadata, spec: pod.spec } },
  }
  const labels = { 'pod-security.kubernetes.io/enforce': level, 'pod-security.kubernetes.io/enforce-version': version }
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default', labels } }
  const repository = await repositoryOf({
    'namespace.yaml': stringify(namespace),
    'pod.yaml': podText,
    'deployment.yaml': stringify(deployment),
  })
  const problems = judgeManifests(repository, {}).filter(({ rule }) => rule.startsWith('pod-security/'))
  const of = (file: string) => [...new Set(problems.filter(({ locations }) => locations[0]?.file === file).map(({ rule }) => rule))].sort()
  return { pod: of('pod.yaml'), deployment: of('deployment.yaml') }
}

/** The check that a fixture's name stands for: `capabilities_restricted3` is a case of `pod-security/capabilities-restricted`. */
function checkOf(name: string, level: string): string {
  const letters = name.replace(/\d+$/, '').replace(/_/g, '')
  const id = standardRules.find((rule) => rule.id.slice('pod-security/'.length).replace(/-/g, '') === letters)?.id
  const override = standardRules.find(({ overrides, since }) => overrides === id && since <= 29)
  return (level === 'restricted' ? override?.id : undefined) ?? id ?? `no check is called ${name}`
}

/** Fixtures that trip a second check, as their README says. */
function alsoReported(name: string, level: string): string[] {
  if (/^windowshostprocess[01]$/.test(name)) return ['pod-security/host-namespaces']
  if (level === 'restricted' && /^privileged[01]$/.test(name)) return ['pod-security/allow-privilege-escalation']
  if (level === 'restricted' && name === 'allowprivilegeescalation3') return ['pod-security/capabilities-restricted']
  return []
}

const levels = ['baseline', 'restricted'].flatMap((level) => ['v1.29', 'v1.34'].map((version) => ({ level, version })))

describe.skipIf(!existsSync(conformance)).each(levels)('upstream’s fixtures of $level $version', ({ level, version }) => {
  const read = (verdict: string) => {
    const folder = join(conformance, level, version, verdict)
    return readdirSync(folder).map((file) => ({ name: file.replace('.yaml', ''), text: readFileSync(join(folder, file), 'utf8') }))
  }

  test('that must pass have no finding', async () => {
    for (const { name, text } of read('pass'))
      expect({ name, ...(await judge(text, level, version)) }).toEqual({ name, pod: [], deployment: [] })
  })

  test('that must fail have the finding that they stand for', async () => {
    for (const { name, text } of read('fail')) {
      const expected = [checkOf(name, level), ...alsoReported(name, level)].sort()
      expect({ name, ...(await judge(text, level, version)) }).toEqual({ name, pod: expected, deployment: expected })
    }
  })
})

describe('the demand on a namespace', () => {
  const pod = (spec: string) => `apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: shop }\nspec: { ${spec} }\n`
  const namespace = (labels: string) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { ${labels} } }\n`
  const label = (mode: string, level: string, version?: string) =>
    `pod-security.kubernetes.io/${mode}: ${level}${version === undefined ? '' : `, pod-security.kubernetes.io/${mode}-version: ${version}`}`
  const open = pod('hostPID: true, containers: [{ name: main }]')

  async function severities(documents: readonly string[], settings: Parameters<typeof judgeManifests>[1] = {}) {
    const repository = await repositoryOf({ 'all.yaml': documents.join('---\n') })
    const found = judgeManifests(repository, settings).filter(({ rule }) => rule.startsWith('pod-security/'))
    return Object.fromEntries(found.map(({ rule, severity }) => [rule.slice('pod-security/'.length), severity]))
  }

  const restricted = ['allow-privilege-escalation', 'capabilities-restricted', 'run-as-non-root', 'seccomp-profile-restricted']
  const all = (severity: string) => Object.fromEntries(restricted.map((name) => [name, severity]))

  test('is baseline, which blocks, and a warning by restricted, where nothing is said', async () => {
    expect(await severities([open])).toEqual({ 'host-namespaces': 'high', ...all('medium') })
  })

  test('is what its enforce label says, and nothing else', async () => {
    expect(await severities([open, namespace(label('enforce', 'privileged'))])).toEqual({})
    expect(await severities([open, namespace(label('enforce', 'baseline'))])).toEqual({ 'host-namespaces': 'high' })
    expect(await severities([open, namespace(label('enforce', 'restricted'))])).toEqual({ 'host-namespaces': 'high', ...all('high') })
    expect(await severities([open, namespace(label('warn', 'restricted'))])).toEqual({ 'host-namespaces': 'high', ...all('medium') })
  })

  test('has the warnings of its warn label', async () => {
    expect(await severities([open, namespace(`${label('enforce', 'privileged')}, ${label('warn', 'baseline')}`)])).toEqual({
      'host-namespaces': 'medium',
    })
  })

  test('is restricted where the label cannot be read, as admission takes it', async () => {
    expect(await severities([open, namespace(label('enforce', 'strict'))])).toEqual({ 'host-namespaces': 'high', ...all('high') })
  })

  test('is the stricter one of two descriptions of the namespace', async () => {
    const two = [namespace(label('enforce', 'baseline')), namespace(label('enforce', 'privileged'))]
    expect(await severities([open, ...two])).toEqual({ 'host-namespaces': 'high' })
    expect(await severities([open, ...two.reverse()])).toEqual({ 'host-namespaces': 'high' })
  })

  test('is the policy’s where there are no labels', async () => {
    const off = { level: 'privileged', minor: 0 } as const
    expect(await severities([open], { podSecurity: { enforce: { level: 'restricted', minor: 34 }, warn: off } })).toEqual({
      'host-namespaces': 'high',
      ...all('high'),
    })
  })

  test('reports one mistake once, though two levels and a rule of our own see it, but for what gives the node away', async () => {
    const mistakes = pod(
      'volumes: [{ name: a, hostPath: { path: / } }], containers: [{ name: main, securityContext: { privileged: true, capabilities: { add: [SYS_ADMIN], drop: [ALL] }, seccompProfile: { type: Unconfined } } }]',
    )
    const repository = await repositoryOf({ 'all.yaml': mistakes })
    const rules = judgeManifests(repository, {}).map(({ rule }) => rule)
    expect(rules.filter((rule) => /privileged$|host-path|capabilities|seccomp|volumes|writable-host/.test(rule)).sort()).toEqual([
      'pod-security/capabilities-baseline',
      'pod-security/host-path-volumes',
      'pod-security/privileged',
      'pod-security/seccomp-profile-baseline',
      'pod/privileged',
    ])
  })

  /** What each version changes, by a pod that one version lets through and its neighbour does not. */
  test.each([
    ['v1.18', 'restricted', 'seccomp-profile-restricted', false],
    ['v1.19', 'restricted', 'seccomp-profile-restricted', true],
    ['v1.21', 'restricted', 'capabilities-restricted', false],
    ['v1.22', 'restricted', 'capabilities-restricted', true],
    ['v1.7', 'restricted', 'allow-privilege-escalation', false],
    ['v1.8', 'restricted', 'allow-privilege-escalation', true],
    ['v1.0', 'restricted', 'run-as-non-root', true],
  ])('at %s of %s has %s: %s', async (version, level, rule, isThere) => {
    const found = await severities([pod('containers: [{ name: main }]'), namespace(label('enforce', level, version))])
    expect(Object.keys(found).includes(rule)).toBe(isThere)
  })

  const sysctl = (name: string) => pod(`securityContext: { sysctls: [{ name: ${name}, value: "1" }] }, containers: [{ name: main }]`)
  const secured = (more: string) =>
    pod(
      `${more}, containers: [{ name: main, securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: [ALL] }, seccompProfile: { type: RuntimeDefault } } }]`,
    )

  test.each([
    ['v1.26', sysctl('net.ipv4.ip_local_reserved_ports'), 'sysctls', true],
    ['v1.27', sysctl('net.ipv4.ip_local_reserved_ports'), 'sysctls', false],
    ['v1.28', sysctl('net.ipv4.tcp_fin_timeout'), 'sysctls', true],
    ['v1.29', sysctl('net.ipv4.tcp_fin_timeout'), 'sysctls', false],
    ['v1.31', sysctl('net.ipv4.tcp_wmem'), 'sysctls', true],
    ['v1.32', sysctl('net.ipv4.tcp_wmem'), 'sysctls', false],
    ['v1.36', sysctl('net.ipv4.tcp_notsent_lowat'), 'sysctls', true],
    ['v1.37', sysctl('net.ipv4.tcp_notsent_lowat'), 'sysctls', false],
    ['latest', sysctl('net.ipv4.tcp_notsent_lowat'), 'sysctls', false],
    [
      'v1.30',
      pod('securityContext: { seLinuxOptions: { type: container_engine_t } }, containers: [{ name: main }]'),
      'se-linux-options',
      true,
    ],
    [
      'v1.31',
      pod('securityContext: { seLinuxOptions: { type: container_engine_t } }, containers: [{ name: main }]'),
      'se-linux-options',
      false,
    ],
    [
      'v1.33',
      pod('containers: [{ name: main, livenessProbe: { httpGet: { host: a, port: 1 } } }]'),
      'host-probes-and-host-lifecycle',
      false,
    ],
    [
      'v1.34',
      pod('containers: [{ name: main, livenessProbe: { httpGet: { host: a, port: 1 } } }]'),
      'host-probes-and-host-lifecycle',
      true,
    ],
    ['v1.34', pod('hostUsers: false, containers: [{ name: main, securityContext: { procMount: Unmasked } }]'), 'proc-mount', true],
    ['v1.35', pod('hostUsers: false, containers: [{ name: main, securityContext: { procMount: Unmasked } }]'), 'proc-mount', false],
    ['v1.24', pod('os: { name: windows }, containers: [{ name: main }]'), 'allow-privilege-escalation', true],
    ['v1.25', pod('os: { name: windows }, containers: [{ name: main }]'), 'allow-privilege-escalation', false],
    ['v1.22', secured('securityContext: { runAsUser: 0 }'), 'run-as-user', false],
    ['v1.23', secured('securityContext: { runAsUser: 0 }'), 'run-as-user', true],
    ['v1.35', secured('hostUsers: false, securityContext: { runAsUser: 0 }'), 'run-as-user', false],
    ['v1.34', secured('hostUsers: false, securityContext: { runAsUser: 0 }'), 'run-as-user', true],
    [
      'v1.35',
      pod('hostUsers: false, containers: [{ name: main, securityContext: { procMount: Unmasked } }]'),
      'proc-mount-restricted',
      true,
    ],
    [
      'v1.34',
      pod('hostUsers: false, containers: [{ name: main, securityContext: { procMount: Unmasked } }]'),
      'proc-mount-restricted',
      false,
    ],
  ])('at %s: %s', async (version, text, rule, isThere) => {
    const isRestricted = /restricted|run-as|allow-/.test(rule)
    const found = await severities([text, namespace(label('enforce', isRestricted ? 'restricted' : 'baseline', version))])
    expect({ rule, isThere: Object.keys(found).includes(rule) }).toEqual({ rule, isThere })
  })

  test('before v1.19 seccomp is asked of annotations', async () => {
    const annotated =
      'apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: shop, annotations: { container.seccomp.security.alpha.kubernetes.io/main: unconfined } }\nspec: { containers: [{ name: main }] }\n'
    expect(await severities([annotated, namespace(label('enforce', 'baseline', 'v1.18'))])).toEqual({ 'seccomp-profile-baseline': 'high' })
    expect(await severities([annotated, namespace(label('enforce', 'baseline', 'v1.19'))])).toEqual({})
    expect(await severities([annotated, namespace(label('enforce', 'restricted', 'v1.18'))])).toHaveProperty('seccomp-profile-baseline')
  })
})
