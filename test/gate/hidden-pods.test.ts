import { expect, test } from 'vitest'
import { hiddenPodNotes } from '../../src/gate/hidden-pods.ts'
import { repositoryOf } from '../manifests/fixture.ts'

const object = (apiVersion: string, kind: string, spec: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }\nspec: ${spec}\n`
const pod = '{ containers: [{ name: a, image: "ghcr.io/acme/a:1" }] }'

test('a kind that nobody knows and that looks as if it held a pod is told, once', async () => {
  const thing = object('example.com/v1', 'Thing', `{ worker: { template: { spec: ${pod} } } }`)
  expect(hiddenPodNotes(await repositoryOf({ 'a.yaml': `${thing}---\n${thing}` }))).toEqual([
    'a.yaml: example.com/Thing looks as if it held a pod at spec.worker.template.spec: its containers are judged when the policy names it under podTemplates',
  ])
})

test.each([
  ['a workload whose pod is judged', object('apps/v1', 'Deployment', `{ template: { spec: ${pod} } }`)],
  ['a kind of which Kubernetes says that it has none', object('v1', 'Service', pod)],
  ['containers without images', object('example.com/v1', 'Thing', '{ containers: [{ name: a }] }')],
  ['a definition of a kind', object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `{ example: ${pod} }`)],
])('%s is not', async (_, text) => {
  expect(hiddenPodNotes(await repositoryOf({ 'a.yaml': text }))).toEqual([])
})
