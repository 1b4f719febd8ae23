import { expect, test } from 'vitest'
import { judgeManifests } from '../../src/manifests/judge.ts'
import { judgeByUserPolicies } from '../../src/manifests/user-policies/judge.ts'
import { repositoryOf } from './fixture.ts'

const long = 500_000

/** Each tree is made to be slow for a pattern that backtracks, or for a loop within a loop. */
const trees: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'an ENV of one long word': { Dockerfile: `FROM a:1\nENV ${'a'.repeat(long)}! ${'"'.repeat(999)}\n` },
  'a RUN of quotes, backslashes and pipes': { Dockerfile: `FROM a:1\nRUN ${'"\'|\\$(('.repeat(long / 8)}\n` },
  'a chmod of letters': { Dockerfile: `FROM a:1\nRUN chmod ${'ugoa'.repeat(long / 4)}! /x\nRUN chmod ${'o+r'.repeat(long / 3)} /x\n` },
  'a COPY of a long name': { Dockerfile: `FROM a:1\nCOPY ${'private'.repeat(long / 7)} /x\n` },
  'an ADD of a long address': { Dockerfile: `FROM a:1\nADD https://${'a#'.repeat(long / 2)} /x\n` },
  'a Tekton script of half parameters': {
    'task.yaml': `apiVersion: tekton.dev/v1\nkind: Task\nmetadata: { name: a }\nspec: { steps: [{ name: a, script: "${'$(params.a'.repeat(long / 10)}" }] }\n`,
  },
  'a workflow of half expressions': {
    '.github/workflows/ci.yaml': `on: push\njobs: { a: { steps: [{ run: "${'${{ github.event.a.'.repeat(long / 20)}" }] } }\n`,
  },
  'literals that are nearly secrets': {
    'pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, env: [{ name: "${'PASSWORD_'.repeat(1000)}", value: "${'glpat-AKIA<{{$('.repeat(long / 14)}" }] }] }\n`,
  },
  'field names that are nearly right': {
    'pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [] ${Array.from({ length: 2_000 }, (_, index) => `, securityContex${index}: 1`).join('')} }\n`,
  },
  'a quantity of digits': {
    'quota.yaml': `apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: a }\nspec: { hard: { pods: "${'1'.repeat(long)}e" } }\n`,
  },
  'a reference of colons and slashes': {
    'pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, image: "${':/@'.repeat(long / 3)}" }] }\n`,
  },
  'a schema that never ends': {
    'crd.yaml': `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: a }\nspec: { group: a.example, names: { kind: A }, versions: [{ name: v1, schema: { openAPIV3Schema: ${'{ type: array, items: '.repeat(80)}{}${' }'.repeat(80)} } }] }\n---\napiVersion: a.example/v1\nkind: A\nmetadata: { name: a }\n`,
  },
}

test.each(Object.entries(trees))('%s is judged in seconds', async (_, files) => {
  const repository = await repositoryOf(files)
  const start = performance.now()
  judgeManifests(repository, { trustedRegistries: ['*a*b*c/*d*'], today: '2026-01-01' }, repository)
  await judgeByUserPolicies(repository, repository)
  expect(performance.now() - start).toBeLessThan(5_000)
})

test('keys that are names of the language are only keys', async () => {
  const keys = '__proto__: { a: b }, constructor: { prototype: { polluted: yes } }, toString: a'
  const pod = `apiVersion: v1\nkind: Pod\nmetadata: { name: a, labels: { ${keys} }, annotations: { ${keys} } }\nspec: { ${keys}, containers: [{ name: a, ${keys} }] }\n`
  const problems = judgeManifests(await repositoryOf({ 'pod.yaml': pod }), {})
  expect(problems.filter(({ rule }) => rule === 'shape/unknown-field')).toHaveLength(6)
  expect('polluted' in {}).toBe(false)
})
