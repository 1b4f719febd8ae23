import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { builtInPodTemplates, podOf } from '../../src/repo/pod.ts'
import { type ReadOptions, readRepository } from '../../src/repo/read.ts'
import { workingTree } from '../../src/repo/working-tree.ts'
import { type Files, memoryTree, temporaryFolder } from '../builders/tree.ts'

const read = (files: Files, options?: ReadOptions) => readRepository(memoryTree(files), options)
const subjects = async (files: Files) => (await read(files)).objects.map(({ subject }) => subject)

describe('objects', () => {
  test('many documents, lists, typed lists and lists in lists give their objects in order', async () => {
    const files = {
      'b.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: shop}\n---\n# empty\n---\napiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret, metadata: {name: a}}\n- apiVersion: v1\n  kind: List\n  items: [{apiVersion: v1, kind: Namespace, metadata: {name: ns}}]\n',
      'a.json': '{"apiVersion": "apps/v1", "kind": "DeploymentList", "items": [{"metadata": {"name": "d"}}]}',
    }
    expect(await subjects(files)).toEqual(['Deployment/default/d', 'Service/shop/s', 'Secret/default/a', 'Namespace/ns'])
  })

  test('an object with items is a list for kubectl, whatever its kind', async () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: p}}\n- just text\n'
    expect(await subjects({ 'a.yaml': text })).toEqual(['ConfigMap/default/c', 'Pod/default/p'])
  })

  test('a generated name ends with a star, and a kind of the tree that has no namespace has none', async () => {
    const definition =
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: w.x.io}\nspec: {group: x.io, scope: Cluster, names: {kind: Widget}}\n'
    const text =
      'apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: run-}\n---\napiVersion: x.io/v2\nkind: Widget\nmetadata: {name: w, namespace: ignored}\n'
    expect(await subjects({ 'a.yaml': text, 'z.yaml': definition })).toEqual([
      'Job/default/run-*',
      'Widget/w',
      'CustomResourceDefinition/w.x.io',
    ])
  })

  test('a document that does not parse is a gap with its line, and its siblings are judged', async () => {
    const { objects, gaps, coverage } = await read({
      'a.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Pod\n\tmetadata: {}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: b}\n',
    })
    expect(objects.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(gaps).toMatchObject([{ subject: 'a.yaml', locations: [{ file: 'a.yaml', startLine: 7, endLine: 7 }] }])
    expect(coverage).toEqual({ judged: 1, skipped: 0, skippedFiles: [] })
  })

  test('a duplicate key is a gap and the object is judged', async () => {
    const { objects, gaps } = await read({ 'a.yaml': 'apiVersion: v1\nkind: Pod\nkind: Service\n' })
    expect(objects).toHaveLength(1)
    expect(gaps.map(({ message }) => message)).toEqual(['line 3: key "kind" is written twice in one map'])
  })
})

describe('what is not judged', () => {
  test('each candidate stands in the coverage with its reason, other files do not', async () => {
    const { objects, gaps, coverage } = await read({
      'main.ts': 'apiVersion: v1\nkind: Pod\n',
      'README.md': '',
      'ci.yaml': 'steps: []\n',
      'half.yaml': 'apiVersion: v1\nmetadata: {}\n',
      'data.json': '{"a": "\\u0041"}',
      'broken.json': '{"a": "\\n"',
      'Dockerfile.dockerignore': 'x',
    })
    expect({ objects, gaps }).toEqual({ objects: [], gaps: [] })
    expect(coverage.judged).toBe(0)
    expect(coverage.skipped).toBe(coverage.skippedFiles.length)
    expect(Object.fromEntries(coverage.skippedFiles.map(({ file, reason }) => [file, reason]))).toEqual({
      'broken.json': 'no Kubernetes object: there is no apiVersion',
      'ci.yaml': 'no Kubernetes object: there is no apiVersion',
      'data.json': 'no Kubernetes object: no document has apiVersion and kind',
      'half.yaml': 'no Kubernetes object: no document has apiVersion and kind',
    })
  })

  test.each([
    ['a manifest that does not parse', { 'a.yaml': 'apiVersion: v1\nkind: [\n' }],
    ['a template outside of a chart', { 'a.yaml': 'apiVersion: v1\nkind: Pod\nspec: {{ spec }}\n' }],
    ['what does not parse and may hide its keys', { 'a.yaml': '"api\\x56ersion": v1\nkind: [\n' }],
    ['bytes that are no text', { 'a.yaml': Uint8Array.of(0xc3, 0x28) }],
    ['a file of 50 MB', { 'a.yaml': Buffer.alloc(50 << 20, 'a: 1\n') }],
  ])('%s is a gap, not a pass', async (_, files: Files) => {
    const { gaps, objects } = await read({ ...files, 'b.yaml': 'apiVersion: v1\nkind: Pod\n' })
    expect(gaps.map(({ subject }) => subject)).toEqual(['a.yaml'])
    expect(objects).toHaveLength(1)
  })

  test('a key hidden behind an escape, a tag or UTF-16 is found', async () => {
    const files = {
      'a.json': '{"api\\u0056ersion": "v1", "kind": "Pod"}',
      'b.yaml': Buffer.from('\ufeffapiVersion: v1\nkind: Pod\n', 'utf16le'),
      'c.yaml': '!!binary YXBpVmVyc2lvbg==: v1\nkind: Pod\n',
      'd.yaml': '!<tag:yaml.org,2002:b%69nary> YXBpVmVyc2lvbg==: v1\nkind: Pod\n',
      'e.yaml': '%TAG !e! tag:yaml.org,2002:\n---\n!e!binary YXBpVmVyc2lvbg==: v1\nkind: Pod\n',
    }
    expect(await subjects(files)).toEqual(Array(5).fill('Pod/default/'))
  })

  test('a link out of the tree is a gap, links to what is read are read once', async () => {
    using outside = temporaryFolder({ 'x.yaml': 'apiVersion: v1\nkind: Pod\n' })
    using folder = temporaryFolder({ 'a.yaml': 'apiVersion: v1\nkind: Pod\n', 'pod.txt': 'apiVersion: v1\nkind: Service\n' })
    symlinkSync(join(outside.path, 'x.yaml'), join(folder.path, 'out.yaml'))
    symlinkSync('a.yaml', join(folder.path, 'same.yaml'))
    symlinkSync('pod.txt', join(folder.path, 'other.yaml'))
    symlinkSync('nowhere.yaml', join(folder.path, 'gone.yaml'))
    const { objects, coverage, gaps } = await readRepository(workingTree(folder.path))
    expect(gaps.map(({ subject, message }) => [subject, message])).toEqual([['out.yaml', 'link that leaves the tree']])
    expect(objects.map(({ file, kind }) => [file, kind])).toEqual([
      ['a.yaml', 'Pod'],
      ['other.yaml', 'Service'],
    ])
    expect(coverage.skippedFiles).toEqual([
      { file: 'gone.yaml', reason: 'link that leads nowhere' },
      { file: 'out.yaml', reason: 'link that leaves the tree' },
      { file: 'same.yaml', reason: 'link to a.yaml, which is read itself' },
    ])
  })

  test('a link to a folder out of the tree is a gap, whatever its name', async () => {
    using outside = temporaryFolder({ 'x.yaml': 'apiVersion: v1\nkind: Pod\n' })
    using folder = temporaryFolder({ 'a.yaml': 'apiVersion: v1\nkind: Pod\n' })
    symlinkSync(outside.path, join(folder.path, 'manifests'))
    const { objects, gaps } = await readRepository(workingTree(folder.path))
    expect({ objects: objects.length, gaps: gaps.map(({ subject, message }) => [subject, message]) }).toEqual({
      objects: 1,
      gaps: [['manifests', 'link to a folder that leaves the tree']],
    })
  })

  test('a tree that cannot be listed is a gap', async () => {
    const tree = { ...memoryTree({}), files: () => Promise.reject(new Error('no such folder')) }
    expect((await readRepository(tree)).gaps).toEqual([{ subject: 'memory', message: 'no such folder', locations: [] }])
  })
})

describe('image uses', () => {
  test('init, regular and ephemeral containers and image volumes have their exact place', async () => {
    const text = `apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  initContainers:
    - image: a:1
  containers:
    - name: x
      image: "b:1" # why
    - image: &c c:1
    - image: *c
  ephemeralContainers: [{image: d:1}]
  volumes:
    - image: {reference: e:1}
    - emptyDir: {}
`
    const { imageUses } = await read({ 'a.yaml': text })
    const place = (startLine: number, startColumn: number, endColumn: number) => ({
      file: 'a.yaml',
      startLine,
      endLine: startLine,
      startColumn,
      endColumn,
    })
    const common = { user: 'Pod/default/p', role: 'container' }
    expect(imageUses).toEqual([
      { ...common, reference: 'a:1', location: place(6, 14, 17), literal: { startColumn: 14, endColumn: 17 } },
      { ...common, reference: 'b:1', location: place(9, 14, 19), literal: { startColumn: 15, endColumn: 18 } },
      { ...common, reference: 'c:1', location: place(10, 17, 20), literal: { startColumn: 17, endColumn: 20 } },
      { ...common, reference: 'c:1', location: place(11, 14, 16) },
      { ...common, reference: 'd:1', location: place(12, 33, 36), literal: { startColumn: 33, endColumn: 36 } },
      { ...common, reference: 'e:1', location: place(14, 26, 29), literal: { startColumn: 26, endColumn: 29 } },
    ])
  })

  test('every workload kind shows its pod', async () => {
    const nest = (path: readonly string[]): unknown =>
      path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), {
        metadata: { labels: { app: 'x' } },
        spec: { containers: [{ name: 'c', image: 'i:1' }] },
      })
    const documents = [...builtInPodTemplates].flatMap(([key, paths]) => {
      const [group = '', kind] = key.split('/')
      return paths.map((path) => JSON.stringify({ apiVersion: group === '' ? 'v1' : `${group}/v1`, kind, ...(nest(path) as object) }))
    })
    const { objects, imageUses } = await read({ 'a.yaml': documents.join('\n---\n') })
    expect(imageUses).toHaveLength(documents.length)
    expect(objects.map((object) => podOf(object)?.labels.get('app'))).toEqual(documents.map(() => 'x'))
    expect(objects.map((object) => podOf(object)?.containers[0]?.name)).toEqual(documents.map(() => 'c'))
  })

  test('other kinds have no pod, unless the caller says where', async () => {
    const files = {
      'a.yaml':
        'apiVersion: x.io/v1\nkind: Fleet\nspec:\n  groups:\n    - spec: {containers: [{image: "$(params.image)"}]}\n    - spec: {containers: [{image: b}]}\n',
    }
    expect((await read(files)).imageUses).toEqual([])
    const podTemplates = new Map([['x.io/Fleet', [['spec', 'groups', '*']]]])
    expect((await read(files, { podTemplates })).imageUses.map(({ reference }) => reference)).toEqual(['$(params.image)', 'b'])
  })

  test('Dockerfiles of every name give their bases with lines and columns', async () => {
    const { imageUses, dockerfiles, gaps } = await read({
      Dockerfile: 'ARG V=1\nFROM a:$V AS build\nFROM build\nFROM scratch\nFROM b:2\nCOPY --from=build /a /b\nCOPY \\\n  --from=c:3 /a /b\n',
      'build/Containerfile': 'FROM d\n',
      'Dockerfile.dev': 'FROM e\n',
      'api.Dockerfile': 'FROM $NOPE\n',
    })
    expect(dockerfiles.map(({ file }) => file)).toEqual(['Dockerfile', 'Dockerfile.dev', 'api.Dockerfile', 'build/Containerfile'])
    const common = { user: 'Dockerfile', role: 'base' }
    const place = (startLine: number, startColumn: number, endColumn: number) => ({
      location: { file: 'Dockerfile', startLine, endLine: startLine, startColumn, endColumn },
      literal: { startColumn, endColumn },
    })
    expect(imageUses.slice(0, 3)).toEqual([
      { ...common, reference: 'a:1', location: { file: 'Dockerfile', startLine: 2, endLine: 2 } },
      { ...common, reference: 'b:2', ...place(5, 6, 9) },
      { ...common, reference: 'c:3', ...place(8, 10, 13) },
    ])
    expect(imageUses.slice(3).map(({ reference }) => reference)).toEqual(['e', 'd'])
    expect(gaps).toEqual([
      {
        subject: 'api.Dockerfile',
        message: 'line 1: FROM "$NOPE": argument NOPE has no value',
        locations: [{ file: 'api.Dockerfile', startLine: 1, endLine: 1 }],
      },
    ])
  })
})

test('the lines of judged files are there, those of others are not', async () => {
  const repository = await read({ 'a.yaml': 'apiVersion: v1\r\nkind: Pod\n', 'b.yaml': 'x: 1\n', Dockerfile: 'FROM a\n' })
  expect([repository.lines('a.yaml'), repository.lines('b.yaml'), repository.lines('Dockerfile'), repository.lines('none')]).toEqual([
    ['apiVersion: v1', 'kind: Pod', ''],
    [],
    ['FROM a', ''],
    [],
  ])
})
