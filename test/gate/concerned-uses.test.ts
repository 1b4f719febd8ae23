import { describe, expect, test } from 'vitest'
import type { Problem } from '../../src/findings.ts'
import { type ConcernedOptions, concernedUses } from '../../src/gate/concerned-uses.ts'
import { repositoryOf } from '../manifests/fixture.ts'

const image = 'ghcr.io/acme/shop:1'
const problem = (rule: string): Problem => ({ rule, check: 'image-config', severity: 'medium', title: '', message: 'user is root' })
const pod = (kind: string, podContext: string, context: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${kind} }\nspec: { securityContext: ${podContext}, containers: [{ name: a, image: "${image}", securityContext: ${context} }] }\n`

/** `file:line` of what is placed, with what is said besides the problem's own words. */
async function placed(rule: string, files: Readonly<Record<string, string>>, options: ConcernedOptions = {}) {
  const repository = await repositoryOf(files)
  const uses = repository.imageUses.filter(({ reference }) => reference === image || reference.startsWith('debian'))
  return concernedUses(repository, options)(problem(rule), uses).map(({ problem: { message }, locations }) => [
    message.replace('user is root', ''),
    ...locations.map(({ file, startLine }) => `${file}:${startLine}`),
  ])
}

const files = {
  Dockerfile: `FROM ${image}\n`,
  'compose.yaml': `services:\n  shop:\n    image: ${image}\n`,
  'pod.yaml': pod('plain', '{}', '{}'),
  '.github/workflows/ci.yaml': `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    container: ${image}\n    steps: []\n`,
}

describe('a problem of an image', () => {
  test.each([
    ['image/setuid-file', [['', '.github/workflows/ci.yaml:5', 'Dockerfile:1', 'compose.yaml:3', 'pod.yaml:4']]],
    ['CVE-2024-3094', [['', '.github/workflows/ci.yaml:5', 'Dockerfile:1', 'compose.yaml:3', 'pod.yaml:4']]],
    ['image/no-source', [['', 'compose.yaml:3', 'pod.yaml:4']]],
    ['image/root-user', [['', 'compose.yaml:3', 'pod.yaml:4']]],
    ['image/no-health-check', [['', 'compose.yaml:3']]],
    ['image/named-user', []],
  ])('%s is told to whom it concerns', async (rule, expected) => {
    expect(await placed(rule, files)).toEqual(expected)
  })

  test('of a container is told to nobody who only builds on the image', async () => {
    expect(await placed('image/root-user', { Dockerfile: `FROM ${image}\n` })).toEqual([])
  })

  test('of an image that no file names is told without a line, but for what only a pod can demand', () => {
    const concerned = concernedUses({ objects: [] }, {})
    expect(
      ['image/setuid-file', 'image/root-user', 'image/no-health-check', 'image/end-of-life'].map(
        (rule) => concerned(problem(rule), []).length,
      ),
    ).toEqual([1, 1, 1, 1])
    expect(concerned(problem('image/named-user'), [])).toEqual([])
  })
})

describe('that an image runs as root', () => {
  const refused = '; with runAsNonRoot, as here, the kubelet does not start it'

  test.each([
    ['of a pod that sets another user', '{ runAsUser: 1000 }', '{}', []],
    ['of a container that sets another user', '{}', '{ runAsUser: 1000 }', []],
    ['of a pod that sets user 0 itself, which its own rule tells', '{ runAsUser: 0 }', '{}', []],
    ['of a pod that asks for no root', '{ runAsNonRoot: true }', '{}', [[refused, 'a.yaml:4']]],
    ['of a container that takes that back', '{ runAsNonRoot: true }', '{ runAsNonRoot: false }', [['', 'a.yaml:4']]],
    ['of a pod that says other things', '{ fsGroup: 1000 }', '{ privileged: false }', [['', 'a.yaml:4']]],
  ])('is judged by what is known %s', async (_, podContext, context, expected) => {
    expect(await placed('image/root-user', { 'a.yaml': pod('a', podContext, context) })).toEqual(expected)
  })

  test('is told of each pod apart', async () => {
    const pods = [pod('a', '{ runAsUser: 1000 }', '{}'), pod('b', '{ runAsNonRoot: true }', '{}'), pod('c', '{}', '{}')].join('---\n')
    expect(await placed('image/root-user', { 'a.yaml': pods })).toEqual([
      ['', 'a.yaml:14'],
      [refused, 'a.yaml:9'],
    ])
  })

  test('is told of a line that stands for several containers, as a template does, where one of them sets no user', async () => {
    const [careful, careless] = await Promise.all(
      ['{ runAsUser: 1000 }', '{}'].map((context) => repositoryOf({ 'a.yaml': pod('a', '{}', context) })),
    )
    const uses = careful?.imageUses ?? []
    const of = (...repositories: (typeof careful)[]) =>
      concernedUses({ objects: repositories.flatMap((one) => one?.objects ?? []) }, {})(problem('image/root-user'), uses).length
    expect([of(careful), of(careful, careful), of(careful, careless), of(careless, careful)]).toEqual([0, 0, 1, 1])
  })
})

test('a user that is a name is told to pods that ask for no root and name no user', async () => {
  const pods = [
    pod('a', '{ runAsUser: 1000, runAsNonRoot: true }', '{}'),
    pod('b', '{ runAsNonRoot: true }', '{}'),
    pod('c', '{}', '{}'),
  ].join('---\n')
  expect(await placed('image/named-user', { 'a.yaml': pods })).toEqual([['', 'a.yaml:9']])
})

describe('the end of life of a base', () => {
  const old = { Dockerfile: 'FROM debian:10\n', 'b.Dockerfile': `FROM ${image}\n` }

  test('is told once where the rule of Dockerfiles tells it by the name', async () => {
    expect(await placed('image/end-of-life', old, { dockerfilesToday: '2026-06-15' })).toEqual([['', 'b.Dockerfile:1']])
  })

  test('is told where Dockerfiles are not judged', async () => {
    expect(await placed('image/end-of-life', old)).toEqual([['', 'Dockerfile:1', 'b.Dockerfile:1']])
  })
})

describe('a service of a Compose file', () => {
  const service = (settings: string) => ({ 'compose.yaml': `services:\n  shop:\n    image: ${image}\n${settings}` })

  test.each([
    ['image/root-user', '    user: "1000:1000"\n', 0],
    ['image/root-user', '    user: root\n', 1],
    ['image/root-user', '    user: "0"\n', 1],
    ['image/root-user', '    tty: true\n', 1],
    ['image/no-health-check', '    healthcheck: { test: [CMD, /health] }\n', 0],
    ['image/no-health-check', '    healthcheck: { test: wget -q localhost }\n', 0],
    ['image/no-health-check', '    healthcheck: { test: [NONE] }\n', 1],
    ['image/no-health-check', '    healthcheck: { disable: true }\n', 1],
    ['image/no-health-check', '    healthcheck: { interval: 10s }\n', 1],
    ['image/setuid-file', '    user: "1000"\n', 1],
  ])('is told of %s with %j: %i times', async (rule, settings, count) => {
    expect(await placed(rule, service(settings))).toHaveLength(count)
  })
})

describe('a step of a Tekton task', () => {
  const task = (template: string, step: string, kind = 'Task') => {
    const spec = `{ stepTemplate: ${template}, steps: [${step}], sidecars: [{ name: b, image: "${image}" }] }`
    const place = kind === 'Task' ? spec : `{ tasks: [{ name: a, taskSpec: ${spec} }] }`
    return {
      'task.yaml': `apiVersion: tekton.dev/v1\nkind: ${kind}\nmetadata: { name: a }\nspec:\n  ${place.replace(', sidecars', ',\n  sidecars')}\n`,
    }
  }

  test.each([
    ['of its own user', '{}', `{ name: a, image: "${image}", securityContext: { runAsUser: 1000 } }`, 'Task', ['task.yaml:6']],
    [
      'of its template, which sidecars do not have',
      '{ securityContext: { runAsUser: 1000 } }',
      `{ name: a, image: "${image}" }`,
      'Task',
      ['task.yaml:6'],
    ],
    ['of a task in a pipeline', '{ securityContext: { runAsUser: 1000 } }', `{ name: a, image: "${image}" }`, 'Pipeline', ['task.yaml:6']],
    ['that says nothing', '{}', `{ name: a, image: "${image}" }`, 'Task', ['task.yaml:5', 'task.yaml:6']],
    ["with the template's image", `{ image: "${image}" }`, '{ name: a, securityContext: { runAsUser: 1000 } }', 'Task', ['task.yaml:6']],
  ])('%s is told of the image running as root', async (_, template, step, kind, lines) => {
    expect(await placed('image/root-user', task(template, step, kind))).toEqual([['', ...lines]])
  })
})

test('a user that the image does not know is told to nobody who names another', async () => {
  const pods = [pod('a', '{ runAsUser: 1000 }', '{}'), pod('b', '{}', '{}')].join('---\n')
  expect(await placed('image/unknown-user', { 'a.yaml': pods })).toEqual([['', 'a.yaml:9']])
})
