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
