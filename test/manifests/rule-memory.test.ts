import { expect, test } from 'vitest'
import { judgeTree } from '../../src/manifests/judge.ts'
import { ruleMemory } from '../../src/manifests/rule-memory.ts'
import { treeFacts } from '../../src/manifests/tree-facts.ts'
import { knownFiles } from '../../src/repo/known-files.ts'
import { readRepository } from '../../src/repo/read.ts'
import { readFixtures, treeOf, treePath } from './fixture.ts'

/** All fixtures in one tree, each in a folder of its own. */
const files: Readonly<Record<string, string>> = Object.fromEntries(
  readFixtures().map(({ path, text }, index) => [
    path.startsWith('workflow/') ? `.github/workflows/${index}.yaml` : `${index}/${treePath(path)}`,
    text,
  ]),
)
const settings = { today: '2026-06-01', kubernetesMinor: 34 }

async function judgeBoth(head: Readonly<Record<string, string>>, base: Readonly<Record<string, string>>, shared: boolean) {
  const known = shared ? { known: knownFiles() } : {}
  const memory = shared ? ruleMemory() : undefined
  const [headTree, baseTree] = [await readRepository(treeOf(head), known), await readRepository(treeOf(base), known)]
  return [judgeTree(headTree, settings, baseTree, treeFacts, memory), judgeTree(baseTree, settings, undefined, treeFacts, memory)]
}

const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: restricted } }\n'
const definition =
  'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: workers.example.com }\nspec:\n  group: example.com\n  names: { kind: Worker, plural: workers }\n  scope: Namespaced\n  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { size: { type: integer } } } } } } }]\n'
const worker = 'apiVersion: example.com/v1\nkind: Worker\nmetadata: { name: a, namespace: shop }\nspec: { size: big, sise: 1 }\n'

test.each([
  ['one file less', {}],
  ['a namespace with another level', { 'namespace.yaml': namespace }],
  [
    'a network policy for all',
    {
      'policy.yaml':
        'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: all, namespace: default }\nspec: { podSelector: {}, policyTypes: [Ingress, Egress] }\n',
    },
  ],
  ['a definition of a kind', { 'worker.yaml': worker, 'definition.yaml': definition }],
])('trees that share what was said of their objects are judged as if they did not: %s', async (_, more) => {
  const names = Object.keys(files)
  const base = { ...Object.fromEntries(Object.entries(files).filter(([path]) => path !== names[7])), 'worker.yaml': worker }
  const head = { ...files, 'worker.yaml': worker, ...more }
  const expected = await judgeBoth(head, base, false)
  expect(await judgeBoth(head, base, true)).toEqual(expected)
  expect(expected[0]?.problems.length).toBeGreaterThan(200)
  expect(expected[0]?.gaps).toEqual([])
})

test('what was said once of an object is not worked out again, unless something around it was looked at', async () => {
  const known = knownFiles()
  const memory = ruleMemory()
  const deployment =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: { template: { spec: { containers: [{ name: a, image: a, securityContext: { privileged: true } }] } } }\n'
  const tree = (more: string) => readRepository(treeOf({ 'a.yaml': deployment, 'b.yaml': more }), { known })
  const [first, second] = [await tree('a: 1\n'), await tree(namespace)]
  expect(second.objects[0]).toBe(first.objects[0])
  const judged = [first, second].map((repository) => judgeTree(repository, settings, undefined, treeFacts, memory).problems)
  const of = (problems: (typeof judged)[number] | undefined, rule: string) => problems?.find((problem) => problem.rule === rule)
  expect(of(judged[1], 'pod/probes')).toBe(of(judged[0], 'pod/probes'))
  // The namespace asks for another level now.
  expect(of(judged[0], 'pod-security/run-as-non-root')?.severity).toBe('medium')
  expect(of(judged[1], 'pod-security/run-as-non-root')?.severity).toBe('high')
})
