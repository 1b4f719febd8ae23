import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readRepository } from '../../src/repo/read.ts'
import { complaint, programRunner, type RunProgram } from '../../src/repo/render/program.ts'
import type { Repository } from '../../src/repo/repository.ts'
import { workingTree } from '../../src/repo/working-tree.ts'
import { rendererFolder } from '../builders/renderers.ts'
import { type Files, memoryTree, temporaryFolder } from '../builders/tree.ts'

const chart: Files = {
  'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'shop/values.yaml': `replicas: 2
image:
  repository: ghcr.io/acme/shop
  tag: "1.4"
resources:
  limits:
    memory: 64Mi
`,
  'shop/templates/_helpers.tpl': '{{- define "x" }}{{ end }}\n',
  'shop/templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  template:
    spec:
      {{- if .Values.image }}
      containers:
        - name: main
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          command:
            - sh
          args: |
            not: marked
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          securityContext:
            privileged: true
      {{- end }}
`,
  'shop/templates/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n',
}

const overlay: Files = {
  'base/kustomization.yaml': 'resources: [shop.yaml]\n',
  'base/shop.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: main
          image: ghcr.io/acme/shop
        - name: side
          image: busybox:1
`,
  'prod/kustomization.yaml': `resources:
  - ../base
namespace: prod
namePrefix: prod-
images:
  - name: ghcr.io/acme/shop
    newTag: "1.4"
patches:
  - path: patch.yaml
  - patch: |-
      - op: replace
        path: /spec/replicas
        value: 5
    target: {kind: Deployment}
`,
  'prod/patch.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  template:
    spec:
      containers:
        - name: side
          securityContext:
            privileged: true
`,
}

async function render(
  files: Files,
  programs: Parameters<typeof rendererFolder>[0],
  valuesFiles?: ReadonlyMap<string, readonly (readonly string[])[]>,
): Promise<Repository> {
  using folder = rendererFolder(programs)
  const run = programRunner({ PATH: folder.path })
  return await readRepository(memoryTree(files), { render: { run, ...(valuesFiles ? { valuesFiles } : {}) } })
}

/** `file:line` of a field and of its key. */
function placesOf(repository: Repository, kind: string, ...path: (string | number)[]): string[] {
  const field = repository.objects.find((object) => object.kind === kind)?.root.at(...path)
  if (!field) throw new Error(`no ${kind}`)
  return [field.location(), field.keyLocation()].map(({ file, startLine }) => `${file}:${startLine}`)
}

const container = ['spec', 'template', 'spec', 'containers', 0] as const

describe('Helm', () => {
  test('a rendered field stands on the line of its template', async () => {
    const repository = await render(chart, ['helm'])
    expect(repository.gaps).toEqual([])
    expect(repository.objects.map(({ subject, file }) => [subject, file])).toEqual([
      ['Deployment/default/shop', 'shop/templates/deployment.yaml'],
      ['Service/default/s', 'shop/templates/service.yaml'],
    ])
    const at = (...path: (string | number)[]) => placesOf(repository, 'Deployment', ...container, ...path)[0]
    expect(at('image')).toBe('shop/templates/deployment.yaml:11')
    expect(at('command', 0)).toBe('shop/templates/deployment.yaml:13')
    expect(at('securityContext', 'privileged')).toBe('shop/templates/deployment.yaml:19')
    expect(at('securityContext', 'runAsNonRoot')).toBe('shop/templates/deployment.yaml:18')
    expect(placesOf(repository, 'Deployment', 'metadata', 'name')[0]).toBe('shop/templates/deployment.yaml:4')
    expect(placesOf(repository, 'Service', 'spec')[0]).toBe('shop/templates/service.yaml:1')
  })

  test('what a template prints from the values stands at the key of the values', async () => {
    const repository = await render(chart, ['helm'])
    expect(placesOf(repository, 'Deployment', ...container, 'resources', 'limits', 'memory')[0]).toBe('shop/values.yaml:7')
    expect(placesOf(repository, 'Deployment', ...container, 'resources', 'limits')[0]).toBe('shop/values.yaml:6')
  })

  test('a values file that the policy names is used, and is where its values stand', async () => {
    const files = { ...chart, 'env/prod.yaml': 'image: {repository: r, tag: "2"}\nresources:\n  limits: {memory: 1Gi}\n' }
    const repository = await render(files, ['helm'], new Map([['shop', [['env/prod.yaml']]]]))
    expect(repository.imageUses).toEqual([
      {
        reference: 'r:2',
        user: 'Deployment/default/shop',
        role: 'container',
        location: { file: 'shop/templates/deployment.yaml', startLine: 11, endLine: 11 },
      },
    ])
    expect(placesOf(repository, 'Deployment', ...container, 'resources', 'limits', 'memory')[0]).toBe('env/prod.yaml:3')
  })

  test('each set of values files is a rendering of its own', async () => {
    const files = { ...chart, 'env/a.yaml': 'image: {repository: r, tag: "1"}\n', 'env/b.yaml': 'image: {repository: r, tag: "2"}\n' }
    const { imageUses, objects } = await render(files, ['helm'], new Map([['shop', [['env/a.yaml'], ['env/a.yaml', 'env/b.yaml']]]]))
    expect(imageUses.map(({ reference }) => reference)).toEqual(['r:1', 'r:2'])
    expect(objects).toHaveLength(4)
    expect((await render(files, ['helm'], new Map([['shop', [['env/c.yaml']]]]))).gaps.map(({ message }) => message)).toEqual([
      'not rendered: values file env/c.yaml is not in the tree',
    ])
  })

  test('a chart that prints marks of its own cannot point at a line that is not there', async () => {
    const files = { ...chart, 'shop/templates/service.yaml': 'apiVersion: v1\nkind: Service\nx: 1 -}} #@portcullis:2:9999\nspec:\n' }
    const repository = await render(files, ['helm'])
    const { file, startLine } = repository.objects[1]?.root.at('x').location() ?? {}
    expect([file, repository.lines(file ?? '')[(startLine ?? 0) - 1]]).toEqual([
      'shop/templates/service.yaml',
      'x: 1 -}} #@portcullis:2:9999',
    ])
  })

  test('every place is a line that exists', async () => {
    const repository = await render(chart, ['helm'])
    let places = 0
    const visit = (field: Repository['objects'][number]['root']) => {
      for (const { file, startLine, endLine } of [field.location(), field.keyLocation()]) {
        places++
        expect(endLine).toBe(startLine)
        expect(repository.lines(file)[startLine - 1]?.trim()).toBeTruthy()
      }
      for (const item of field.items()) visit(item)
      for (const [, value] of field.entries()) visit(value)
    }
    for (const { root } of repository.objects) visit(root)
    expect(places).toBeGreaterThan(40)
  })

  test('a literal block is not marked, and its content is what the chart says', async () => {
    const repository = await render(chart, ['helm'])
    expect(repository.objects[0]?.root.at(...container, 'args').value).toBe('not: marked\n')
  })

  test('the files of a rendered chart are judged or have their reason', async () => {
    const { coverage } = await render(
      {
        ...chart,
        'shop/ci/test-values.yaml': 'a: 1\n',
        'shop/crds/crd.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n',
      },
      ['helm'],
    )
    expect(coverage.skippedFiles).toEqual([
      { file: 'shop/Chart.yaml', reason: 'part of the chart shop, judged as it is rendered' },
      { file: 'shop/ci/test-values.yaml', reason: 'part of the chart shop, judged as it is rendered' },
    ])
    expect(coverage.judged).toBe(5)
  })

  test('objects cannot hide in a chart that does not render them', async () => {
    const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\n`
    const files = {
      ...chart,
      'shop/ci/a.yaml': pod('a'),
      'shop/files/b.json': '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "b"}}',
    }
    const hidden = { 'shop/templates/z/c.yaml': `# {{ if false }}\n${pod('c')}# {{ end }}\n` }
    const { objects } = await render({ ...files, ...hidden }, ['helm'])
    expect(objects.map(({ subject }) => subject)).toEqual([
      'Pod/default/a',
      'Pod/default/b',
      'Deployment/default/shop',
      'Service/default/s',
      'Pod/default/c',
    ])
    const library = { ...files, 'shop/Chart.yaml': 'name: shop\ntype: library\n' }
    expect((await render(library, [])).objects.map(({ subject }) => subject)).toEqual([
      'Pod/default/a',
      'Pod/default/b',
      'Service/default/s',
    ])
  })

  test('objects cannot hide in files that templates put in, wherever in the chart they lie', async () => {
    const files = {
      ...chart,
      'shop/extra/a.txt': 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n',
      'shop/templates/z.yaml': '{{ .Files.Get "extra/a.txt" }}\n',
    }
    const { objects } = await render(files, ['helm'])
    expect(objects.map(({ subject, file }) => [subject, file])).toContainEqual(['Pod/default/a', 'shop/templates/z.yaml'])
  })

  test('a chart is rendered for the version of Kubernetes that is asked for', async () => {
    const files = {
      ...chart,
      'shop/templates/z.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Capabilities.KubeVersion }}"}\n',
    }
    using folder = rendererFolder(['helm'])
    const options = { run: programRunner({ PATH: folder.path }), kubernetesMinor: 31 }
    const { objects } = await readRepository(memoryTree(files), { render: options })
    expect(objects.map(({ name }) => name)).toContain('v1.31.0')
  })

  test('a chart that does not render is a gap with the message and the line', async () => {
    const files = { ...chart, 'shop/templates/broken.yaml': 'a: 1\nb: {{ fail "image is needed" }}\n' }
    const { gaps, objects } = await render(files, ['helm'])
    expect(objects).toEqual([])
    expect(gaps).toEqual([
      {
        subject: 'shop/templates/broken.yaml',
        message: 'helm does not render it: execution error at (shop/templates/broken.yaml:2:5): image is needed',
        locations: [{ file: 'shop/templates/broken.yaml', startLine: 2, endLine: 2 }],
      },
    ])
  })

  test('without helm on the path, and without a way to start it, a chart is a gap', async () => {
    const place = { subject: 'shop/Chart.yaml', locations: [{ file: 'shop/Chart.yaml', startLine: 1, endLine: 1 }] }
    expect((await render(chart, [])).gaps).toEqual([{ ...place, message: 'not rendered: helm is not on the path' }])
    expect((await readRepository(memoryTree(chart))).gaps).toEqual([
      { ...place, message: 'not rendered: no program to render it was given' },
    ])
  })

  test('a library renders nothing, and a chart inside another is rendered with it', async () => {
    const files = { 'a/Chart.yaml': 'name: a\ntype: library\n', 'a/templates/x.yaml': '{{ broken', 'a/charts/b/Chart.yaml': 'name: b\n' }
    const { gaps, coverage } = await render(files, [])
    expect(gaps).toEqual([])
    expect(coverage.skippedFiles.map(({ file }) => file)).toEqual(['a/Chart.yaml', 'a/charts/b/Chart.yaml', 'a/templates/x.yaml'])
  })
})

describe('Kustomize', () => {
  test.each(['kustomize', 'kubectl'] as const)(
    'fields of a built overlay (%s) stand in the base, the patch or the kustomization',
    async (program) => {
      const repository = await render(overlay, [program])
      expect(repository.gaps).toEqual([])
      expect(repository.objects.map(({ subject, file }) => [subject, file])).toEqual([['Deployment/prod/prod-shop', 'base/shop.yaml']])
      const containers = ['spec', 'template', 'spec', 'containers']
      const at = (...path: (string | number)[]) => placesOf(repository, 'Deployment', ...path)[0]
      expect(at(...containers, 0, 'image')).toBe('prod/kustomization.yaml:7')
      expect(at(...containers, 1, 'image')).toBe('base/shop.yaml:13')
      expect(at(...containers, 1, 'securityContext', 'privileged')).toBe('prod/patch.yaml:10')
      expect(at(...containers, 0, 'securityContext')).toBe('base/shop.yaml:10')
      expect(at('spec', 'replicas')).toBe('prod/kustomization.yaml:13')
      expect(at('metadata', 'namespace')).toBe('prod/kustomization.yaml:3')
      expect(at('metadata', 'name')).toBe('prod/kustomization.yaml:4')
      expect(repository.objects[0]?.root.at('metadata', 'annotations', 'config.kubernetes.io/origin').kind).toBe('absent')
      expect(repository.imageUses.map(({ reference, literal }) => [reference, literal])).toEqual([
        ['ghcr.io/acme/shop:1.4', undefined],
        ['busybox:1', undefined],
      ])
    },
  )

  test('what a generator makes stands at its literal, or at its entry', async () => {
    const kustomization = `secretGenerator:
- name: other
  literals: [a=b]
- name: database
  literals:
  - user=shop
  - password=correct-horse
`
    const repository = await render({ 'k/kustomization.yaml': kustomization }, ['kustomize'])
    const secret = repository.objects.find(({ name }) => name.startsWith('database'))?.root
    expect(secret?.at('data', 'password').location()).toMatchObject({ file: 'k/kustomization.yaml', startLine: 7 })
    expect(secret?.at('metadata', 'name').location()).toMatchObject({ file: 'k/kustomization.yaml', startLine: 4 })
  })

  test('its files are judged once, as they are built', async () => {
    const { coverage } = await render(overlay, ['kustomize'])
    expect(coverage).toEqual({ judged: 4, skipped: 0, skippedFiles: [] })
  })

  test('a base that is not in the tree is a gap on its line, and nothing is fetched', async () => {
    using folder = rendererFolder(['kustomize'])
    const started: string[] = []
    const run: RunProgram = (command, words, options) => {
      started.push(command)
      return programRunner({ PATH: folder.path })(command, words, options)
    }
    const files = { ...overlay, 'base/kustomization.yaml': 'resources:\n  - shop.yaml\n  - https://example.org/base?ref=main\n' }
    const { gaps, objects } = await readRepository(memoryTree(files), { render: { run } })
    expect(started).toEqual([])
    expect(gaps).toEqual([
      {
        subject: 'base/kustomization.yaml',
        message: '"https://example.org/base?ref=main" is not in the tree, and is not fetched',
        locations: [{ file: 'base/kustomization.yaml', startLine: 3, endLine: 3 }],
      },
    ])
    expect(objects.map(({ subject }) => subject)).toEqual(['Deployment/default/shop'])
  })

  test('without the programs an overlay is a gap, its resources are judged as they stand, its patches are none', async () => {
    const { gaps, objects, coverage } = await render(overlay, [])
    expect(gaps.map(({ subject, message }) => [subject, message])).toEqual([
      ['prod/kustomization.yaml', 'not built: neither kustomize nor kubectl is on the path'],
    ])
    expect(objects.map(({ subject }) => subject)).toEqual(['Deployment/default/shop'])
    expect(coverage.skippedFiles.map(({ file }) => file)).toEqual(['base/kustomization.yaml', 'prod/kustomization.yaml', 'prod/patch.yaml'])
  })

  test('an overlay that does not build is a gap with the message', async () => {
    const { gaps } = await render({ 'a/kustomization.yaml': 'resources: []\n' }, ['kustomize'])
    expect(gaps.map(({ message }) => message)).toEqual(['kustomize does not build it: kustomization.yaml is empty'])
  })

  test('kustomizations that name each other end', async () => {
    const { gaps } = await render(
      {
        'a/kustomization.yaml': 'resources: [../b]\n',
        'b/kustomization.yaml': 'resources: [../a]\n',
        'c/kustomization.yaml': 'resources: [../a]\n',
      },
      [],
    )
    expect(gaps.map(({ subject, message }) => [subject, message])).toEqual([
      ['a/kustomization.yaml', 'Kustomize overlay that uses itself'],
      ['b/kustomization.yaml', 'Kustomize overlay that uses itself'],
      ['c/kustomization.yaml', 'not built: neither kustomize nor kubectl is on the path'],
    ])
  })

  test('an overlay over a kustomization that is not readable is not built', async () => {
    const run: RunProgram = () => Promise.reject(new Error('started'))
    const files = {
      'prod/kustomization.yaml': 'resources: [../base]\n',
      'base/kustomization.yaml': 'resources: []\nresources: [https://example.org/x]\n',
    }
    const { gaps } = await readRepository(memoryTree(files), { render: { run } })
    expect(gaps.map(({ subject, message }) => [subject, message])).toEqual([
      ['base/kustomization.yaml', 'key "resources" is written twice in one map'],
    ])
  })

  test('overlays that the policy names are built, whatever uses them', async () => {
    using folder = rendererFolder(['kustomize'])
    const run = programRunner({ PATH: folder.path })
    const files = { ...overlay, 'wrap/kustomization.yaml': 'resources: [../prod]\nnamespace: wrapped\n' }
    const subjects = async (overlays?: readonly string[]) => {
      const { objects, gaps } = await readRepository(memoryTree(files), { render: { run, ...(overlays ? { overlays } : {}) } })
      return [...objects.map(({ subject }) => subject), ...gaps.map(({ message }) => message)]
    }
    expect(await subjects()).toEqual(['Deployment/wrapped/prod-shop'])
    expect(await subjects(['prod'])).toEqual(['Deployment/prod/prod-shop'])
    expect(await subjects(['prod', 'gone'])).toEqual(['Deployment/prod/prod-shop', 'the policy names this overlay, and it is not there'])
  })

  test('a file that is no kustomization is a gap', async () => {
    expect((await render({ 'kustomization.yaml': '- a\n' }, [])).gaps.map(({ message }) => message)).toEqual([
      'not a readable kustomization',
    ])
  })

  test.skipIf(!hasKubectl())('the real kubectl agrees about places (needs kubectl 1.28, which Debian has not)', async () => {
    const repository = await readRepository(memoryTree(overlay), { render: { run: programRunner({ PATH: process.env.PATH }) } })
    expect(repository.gaps).toEqual([])
    // A patch moves its container to the front.
    const [side, main] = [0, 1].map((index) => ['spec', 'template', 'spec', 'containers', index] as const)
    expect(placesOf(repository, 'Deployment', ...(main ?? []), 'image')[0]).toBe('prod/kustomization.yaml:7')
    expect(placesOf(repository, 'Deployment', ...(side ?? []), 'image')[0]).toBe('base/shop.yaml:13')
    expect(placesOf(repository, 'Deployment', ...(side ?? []), 'securityContext', 'privileged')[0]).toBe('prod/patch.yaml:10')
    expect(placesOf(repository, 'Deployment', 'spec', 'replicas')[0]).toBe('prod/kustomization.yaml:13')
    expect(repository.objects[0]?.root.at('metadata', 'annotations').toJson()).toEqual({})
  })
})

test('a message has no path of this machine, no warnings and no advice', () => {
  const stderr = 'WARNING: x\nError: at /a/space/shop/a.yaml:\n\tbad\u001b[31m value\n\nUse --debug flag to render out invalid YAML\n'
  expect(complaint({ status: 1, stdout: '', stderr, directory: '/a/space' })).toBe('at shop/a.yaml: bad[31m value')
  expect(complaint({ status: 'stopped', stdout: '', stderr, directory: '/' })).toBe('it took too long or printed too much')
})

test('a program sees plain files of the tree alone, and nothing of the environment but the path', async () => {
  using outside = temporaryFolder({ secret: 'secret' })
  using folder = temporaryFolder(chart)
  symlinkSync(join(outside.path, 'secret'), join(folder.path, 'shop/templates/secret.yaml'))
  const seen: string[] = []
  const run: RunProgram = async (_, words, { directory, environment }) => {
    seen.push(...Object.keys(environment ?? {}))
    expect(existsSync(join(directory, 'shop/templates/secret.yaml'))).toBe(false)
    expect(readFileSync(join(directory, 'shop/values.yaml'), 'utf8')).toBe(chart['shop/values.yaml'])
    expect(words[0]).toBe('template')
    return { status: 1, stdout: '', stderr: '', directory }
  }
  const { gaps } = await readRepository(workingTree(folder.path), { render: { run } })
  expect(gaps.map(({ message }) => message)).toEqual(['helm does not render it: it ends with status 1', 'link that leaves the tree'])
  expect(seen).toContain('HOME')
  using programs = temporaryFolder({ show: `#!${process.execPath}\nconsole.log(Object.keys(process.env).sort().join())\n` })
  execFileSync('chmod', ['+x', join(programs.path, 'show')])
  const shown = await programRunner({ PATH: programs.path, TOKEN: 'x' })('show', [], { directory: programs.path })
  expect(shown.stdout.trim()).toBe('LC_ALL,PATH')
})

function hasKubectl(): boolean {
  try {
    const version = JSON.parse(execFileSync('kubectl', ['version', '--client', '--output=json'], { encoding: 'utf8' }))
    return Number.parseInt(version.clientVersion.minor, 10) >= 28
  } catch {
    return false
  }
}
