import { expect, test } from 'vitest'
import { judgeManifests } from '../../src/manifests/judge.ts'
import { readRepository } from '../../src/repo/read.ts'
import { programRunner } from '../../src/repo/render/program.ts'
import { rendererFolder } from '../builders/renderers.ts'
import { memoryTree } from '../builders/tree.ts'

test('what is wrong in a chart is said once for all sets of values that leave it so', async () => {
  const files = {
    'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'shop/values.yaml': 'pid: false\n',
    'shop/templates/pod.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  hostIPC: true\n  hostPID: {{ .Values.pid }}\n  containers: [{name: main}]\n',
    'a.yaml': 'pid: false\n',
    'b.yaml': 'pid: true\n',
  }
  using folder = rendererFolder(['helm'])
  const valuesFiles = new Map([['shop', [['a.yaml'], ['b.yaml']]]])
  const repository = await readRepository(memoryTree(files), { render: { run: programRunner({ PATH: folder.path }), valuesFiles } })
  const found = judgeManifests(repository, {}).filter(({ rule }) => rule === 'pod-security/host-namespaces')
  expect(found.map(({ message, locations }) => [message, locations[0]?.startLine])).toEqual([
    ['pod sets hostIPC', 5],
    ['pod sets hostPID', 6],
  ])
})

test('what a chart makes anew each time it is rendered is no secret in the repository, and what its values say is', async () => {
  const files = {
    'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'shop/values.yaml': 'password: correct-horse\n',
    'shop/templates/secret.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: shop}\nstringData:\n  random: {{ randAlphaNum 10 }}\n  given: {{ .Values.password }}\n  written: correct-horse\n',
  }
  using folder = rendererFolder(['helm'])
  const repository = await readRepository(memoryTree(files), { render: { run: programRunner({ PATH: folder.path }) } })
  const found = judgeManifests(repository, {}).filter(({ rule }) => rule === 'object/literal-secret')
  expect(found.map(({ message }) => message)).toEqual([
    'key "given" of the Secret has its content here',
    'key "written" of the Secret has its content here',
  ])
})
