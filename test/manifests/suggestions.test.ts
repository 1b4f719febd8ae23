import { describe, expect, test } from 'vitest'
import { judgeManifests, type ManifestProblem } from '../../src/manifests/judge.ts'
import { readRepository } from '../../src/repo/read.ts'
import { programRunner } from '../../src/repo/render/program.ts'
import { rendererFolder } from '../builders/renderers.ts'
import { memoryTree } from '../builders/tree.ts'
import { repositoryOf } from './fixture.ts'

/** Of the problems of one rule, what each suggests: its lines and the text, or nothing. */
async function suggested(rule: string, files: Readonly<Record<string, string>>): Promise<(string | undefined)[]> {
  return judgeManifests(await repositoryOf(files), {})
    .filter((problem) => problem.rule === rule)
    .map(suggestionText)
}

function suggestionText({ suggestion }: ManifestProblem): string | undefined {
  return suggestion && `${suggestion.startLine}-${suggestion.endLine} ${suggestion.replacement}`
}

const pod = (spec: string) => ({ 'a.yaml': `apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n${spec}` })

describe('a value that has one right form is replaced by it', () => {
  test.each([
    ['pod-security/host-namespaces', '  hostPID: true # debug\n  containers: [{ name: main }]\n', ['6-6   hostPID: false # debug']],
    // Network policies would be asked for then.
    ['pod-security/host-namespaces', '  hostNetwork: true\n  containers: [{ name: main }]\n', [undefined]],
    [
      'pod-security/proc-mount',
      '  containers:\n    - name: main\n      securityContext: { procMount: Unmasked }\n',
      ['8-8       securityContext: { procMount: Default }'],
    ],
    [
      'pod-security/seccomp-profile-restricted',
      '  securityContext:\n    seccompProfile:\n      type: Unconfined\n  containers: [{ name: main }]\n',
      // Said by the form of the level baseline already.
      [],
    ],
    [
      'pod-security/seccomp-profile-baseline',
      '  securityContext:\n    seccompProfile:\n      type: Unconfined\n  containers: [{ name: main }]\n',
      ['8-8       type: RuntimeDefault'],
    ],
    [
      'pod-security/app-armor-profile',
      '  securityContext:\n    appArmorProfile: { type: Unconfined, localhostProfile: mine }\n  containers: [{ name: main }]\n',
      [undefined],
    ],
    [
      'pod-security/run-as-non-root',
      '  securityContext:\n    runAsNonRoot: false\n    runAsUser: 1000\n  containers: [{ name: main }]\n',
      ['7-7     runAsNonRoot: true'],
    ],
    ['pod-security/run-as-non-root', '  securityContext:\n    runAsNonRoot: false\n  containers: [{ name: main }]\n', [undefined]],
    [
      'pod-security/capabilities-restricted',
      '  securityContext: { runAsUser: 1000 }\n  containers:\n    - name: main\n      securityContext:\n        allowPrivilegeEscalation: false\n',
      ['10-10         allowPrivilegeEscalation: false\n        capabilities:\n          drop: ["ALL"]'],
    ],
    // A program that is root has capabilities to lose.
    ['pod-security/capabilities-restricted', '  containers:\n    - name: main\n', [undefined]],
  ])('%s in %j', async (rule, spec, expected) => {
    expect(await suggested(rule, pod(spec))).toEqual(expected)
  })
})

describe('an API version is replaced', () => {
  test.each([
    ['policy/v1beta1', 'PodDisruptionBudget', 'spec: { maxUnavailable: 1, selector: { matchLabels: { app: shop } } }', 'policy/v1'],
    // All pods in the one version, none in the other.
    ['policy/v1beta1', 'PodDisruptionBudget', 'spec: { maxUnavailable: 1, selector: {} }', undefined],
    [
      'autoscaling/v2beta2',
      'HorizontalPodAutoscaler',
      `spec: { maxReplicas: 3, scaleTargetRef: { kind: Deployment, name: shop } }`,
      'autoscaling/v2',
    ],
    [
      'autoscaling/v2beta2',
      'HorizontalPodAutoscaler',
      'spec: { maxReplicas: 3, scaleTargetRef: { kind: Deployment, name: shop }, metrics: [{ type: Resource, resource: { name: cpu, targetAverageUtilization: 5 } }] }',
      undefined,
    ],
    ['apps/v1beta2', 'Deployment', 'spec: { template: { spec: { containers: [{ name: main }] } } }', undefined],
    ['networking.k8s.io/v1beta1', 'IngressClass', 'spec: { controller: example.com/ingress }', 'networking.k8s.io/v1'],
  ])('%s %s with %s', async (apiVersion, kind, spec, instead) => {
    const files = { 'a.yaml': `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: shop }\n${spec}\n` }
    expect(await suggested('api/removed', files)).toEqual([instead && `1-1 apiVersion: ${instead}`])
  })

  test('of Tekton where every field is one of the new version', async () => {
    const task = (step: string) => ({
      'a.yaml': `apiVersion: tekton.dev/v1beta1\nkind: Task\nmetadata: { name: build }\nspec:\n  steps:\n    - ${step}\n`,
    })
    expect(await suggested('api/deprecated', task('image: app:1'))).toEqual(['1-1 apiVersion: tekton.dev/v1'])
    expect(await suggested('api/deprecated', task('{ image: app:1, resources: {} }'))).toEqual([undefined])
  })
})

describe('a field that is misspelt', () => {
  const container = (lines: string) => pod(`  containers:\n    - name: main\n${lines}`)

  test('gets the name that was meant', async () => {
    expect(await suggested('shape/unknown-field', container('      securityContxt: # ours\n        runAsNonRoot: true\n'))).toEqual([
      '8-8       securityContext: # ours',
    ])
    expect(
      await suggested('shape/unknown-field', { 'a.json': '{"apiVersion": "v1", "kind": "Pod", "spec": {"restartpolicy": "Never"}}' }),
    ).toEqual(['1-1 {"apiVersion": "v1", "kind": "Pod", "spec": {"restartPolicy": "Never"}}'])
  })

  test('keeps its name where the right one would show what is worse', async () => {
    expect(await suggested('shape/unknown-field', container('      securityContxt:\n        privileged: true\n'))).toEqual([undefined])
  })

  test('keeps its name where the right one is there already', async () => {
    const both = container('      securityContxt: {}\n      securityContext: {}\n')
    expect(await suggested('shape/unknown-field', both)).toEqual([undefined])
  })
})

test('an object that hardly anything is right of is not tried', async () => {
  const fields = Array.from({ length: 9 }, (_, index) => `  restartpolicy${'x'.repeat(index % 2)}${index}: Never\n`)
  expect(new Set(await suggested('shape/unknown-field', pod(`${fields.join('')}  containers: [{ name: main }]\n`)))).toEqual(
    new Set([undefined]),
  )
  expect(await suggested('shape/unknown-field', pod(`${fields[0]}  containers: [{ name: main }]\n`))).toEqual([
    '6-6   restartPolicy: Never',
  ])
})

test('an object of very many lines is not tried', async () => {
  const long = (lines: number) =>
    pod(`  restartpolicy: Never\n  containers: [{ name: main }]\n${'  # more\n'.repeat(lines)}  dnsPolicy: Default\n`)
  expect(await suggested('shape/unknown-field', long(900))).toEqual(['6-6   restartPolicy: Never'])
  expect(await suggested('shape/unknown-field', long(1000))).toEqual([undefined])
})

describe('a value of a wrong type', () => {
  test('gets quotes, or loses them', async () => {
    const files = pod(
      '  terminationGracePeriodSeconds: "30"\n  containers:\n    - name: main\n      env:\n        - name: PORT\n          value: 8080\n',
    )
    expect(await suggested('shape/wrong-type', files)).toEqual(['6-6   terminationGracePeriodSeconds: 30', '11-11           value: "8080"'])
  })

  test('stays where the right one would show what is worse, or is not known', async () => {
    const files = pod('  hostPID: "true"\n  shareProcessNamespace: "yes"\n  containers: [{ name: main }]\n')
    expect(await suggested('shape/wrong-type', files)).toEqual([undefined, undefined])
  })
})

describe('what stands elsewhere is not edited', () => {
  test('a value with an anchor, whose aliases say other things', async () => {
    const files = pod('  hostPID: &yes true\n  containers:\n    - name: main\n      securityContext: { runAsNonRoot: *yes }\n')
    expect(await suggested('pod-security/host-namespaces', files)).toEqual([undefined])
  })

  test('a value by an alias, or with a tag', async () => {
    const files = pod(
      '  automountServiceAccountToken: &yes true\n  hostPID: *yes\n  hostIPC: !!bool true\n  containers: [{ name: main }]\n',
    )
    expect(await suggested('pod-security/host-namespaces', files)).toEqual([undefined, undefined])
  })

  test('an entry by a merge key is replaced where it is written, and none is added to its map', async () => {
    const files = pod(
      '  containers:\n    - name: main\n      securityContext: &own\n        privileged: true\n    - name: other\n      securityContext:\n        <<: *own\n',
    )
    expect(await suggested('pod/privileged', files)).toEqual(['9-9         privileged: false', '9-9         privileged: false'])
    expect(await suggested('pod-security/seccomp-profile-restricted', files)).toEqual([
      '9-9         privileged: true\n        seccompProfile:\n          type: RuntimeDefault',
      undefined,
    ])
  })

  test('a chart or an overlay, whose lines are not what the cluster gets', async () => {
    const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:
      hostPID: true
      containers:
        - name: main
          image: app:1
          securityContxt: {}
          securityContext:
            privileged: true
`
    using folder = rendererFolder(['helm', 'kustomize'])
    const tree = memoryTree({
      'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
      'chart/values.yaml': '',
      'chart/templates/deployment.yaml': deployment,
      'base/kustomization.yaml': 'resources: [shop.yaml]\n',
      'base/shop.yaml': deployment,
    })
    const repository = await readRepository(tree, { render: { run: programRunner({ PATH: folder.path }) } })
    expect(repository.objects.map(({ file }) => file)).toEqual(['base/shop.yaml', 'chart/templates/deployment.yaml'])
    const problems = judgeManifests(repository, { digests: new Map([['app:1', `sha256:${'0'.repeat(64)}`]]) })
    expect(problems.filter(({ rule }) => rule === 'pod/privileged' || rule === 'shape/unknown-field')).toHaveLength(4)
    expect(problems.filter(({ suggestion }) => suggestion)).toEqual([])
  })
})

test('a namespace is selected by the label that each one has, where it is there', async () => {
  const policy = (name: string) =>
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a }\nspec:\n  podSelector: {}\n  ingress:\n    - from: [{ namespaceSelector: { matchLabels: { name: ${name} } } }]\n---\napiVersion: v1\nkind: Namespace\nmetadata: { name: front }\n`
  expect(await suggested('network/unlabelled-namespace', { 'a.yaml': policy('front') })).toEqual([
    '7-7     - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: front } } }]',
  ])
  expect(await suggested('network/unlabelled-namespace', { 'a.yaml': policy('elsewhere') })).toEqual([undefined])
})

test('lines that end as Windows ends them, and tabs in JSON, keep their text', async () => {
  const text = pod('  hostPID: true\n  containers: [{ name: main }]\n')['a.yaml'].replaceAll('\n', '\r\n')
  expect(await suggested('pod-security/host-namespaces', { 'a.yaml': text })).toEqual(['6-6   hostPID: false'])
  const json = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', spec: { hostPID: true, containers: [] } }, undefined, '\t')
  expect(await suggested('pod-security/host-namespaces', { 'a.json': json })).toEqual(['5-5 \t\t"hostPID": false,'])
})

describe('a Compose file', () => {
  const compose = (lines: string) => ({ 'compose.yaml': `services:\n  one:\n${lines}` })

  test('loses the line of a shared namespace', async () => {
    const rule = 'compose/host-namespace'
    expect(await suggested(rule, compose('    image: app:1\n    pid: host # why\n    init: true\n'))).toEqual(['3-4     image: app:1'])
    expect(await suggested(rule, compose('    image: app:1\n    network_mode: host\n'))).toEqual([undefined])
    expect(await suggested(rule, compose('    { image: app:1, pid: host }\n'))).toEqual([undefined])
    expect(await suggested(rule, compose('    pid: host\n'))).toEqual([undefined])
  })
})

describe('a Dockerfile', () => {
  const from = `FROM registry.example/base@sha256:${'0'.repeat(64)}\n`

  test.each([
    ['dockerfile/package-cache', 'RUN apk --update add curl # tools', ['2-2 RUN apk --update add --no-cache curl # tools']],
    ['dockerfile/package-cache', 'RUN set -e && \\\n  pip install requests', ['3-3   pip install --no-cache-dir requests']],
    ['dockerfile/package-cache', 'RUN apk add a && apk add b', [undefined]],
    ['dockerfile/package-cache', 'RUN echo "apk add" && apk add b', [undefined]],
    ['dockerfile/package-cache', 'RUN dnf -y install curl', ['2-2 RUN dnf -y install curl && dnf clean all']],
    [
      'dockerfile/package-cache',
      'RUN apt-get update && \\\n  apt-get install -y curl',
      ['3-3   apt-get install -y curl && rm -rf /var/lib/apt/lists/*'],
    ],
    // The second one needs the lists that the first one has fetched.
    ['dockerfile/package-cache', 'RUN apt-get update && apt-get install -y a\nRUN apt-get install -y b', [undefined, undefined]],
    ['dockerfile/package-cache', 'RUN apt-get update && apt-get install -y curl # net', [undefined]],
    ['dockerfile/package-cache', 'RUN <<EOF\napt-get update\napt-get install -y curl\nEOF', [undefined]],
    ['dockerfile/unattended-install', 'RUN yum install make && yum clean all', ['2-2 RUN yum install -y make && yum clean all']],
    ['dockerfile/unattended-install', 'RUN yum install make && yum install gcc', [undefined]],
    ['dockerfile/shell-entrypoint', 'ENTRYPOINT  /app --port=80', ['2-2 ENTRYPOINT  ["/app", "--port=80"]']],
    ['dockerfile/shell-entrypoint', 'ENTRYPOINT /app $PORT', [undefined]],
    ['dockerfile/shell-entrypoint', 'ENTRYPOINT PORT=80 /app', [undefined]],
    ['dockerfile/shell-entrypoint', 'ENTRYPOINT cd /app', [undefined]],
    ['dockerfile/shell-entrypoint', 'ENTRYPOINT /app\nCMD ["--port"]', [undefined]],
    ['dockerfile/shell-entrypoint', 'CMD /app', [undefined]],
    ['dockerfile/several-commands', 'CMD ["one", \\\n  "more"]\nUSER 1\nCMD ["two"]', ['2-4 USER 1']],
    ['dockerfile/add-for-copy', 'ADD --chown=1 src /src', ['2-2 COPY --chown=1 src /src']],
    ['dockerfile/add-for-copy', 'ADD --keep-git-dir=true src /src', [undefined]],
  ])('%s in %j', async (rule, text, expected) => {
    expect(await suggested(rule, { Dockerfile: `${from}${text}\n` })).toEqual(expected)
  })
})
