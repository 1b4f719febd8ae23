import { expect, test } from 'vitest'
import { judgeManifests } from '../../src/manifests/judge.ts'
import { repositoryOf } from './fixture.ts'

function pod(annotation?: string, name = 'clock'): string {
  const annotations = annotation === undefined ? '' : `, annotations: { excuse.portcullis/pod.privileged: "${annotation}" }`
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}${annotations} }\nspec: { containers: [{ name: main, securityContext: { privileged: true } }] }\n`
}

async function excuse(base: string | undefined, head: string, today = '2026-06-01') {
  const before = base === undefined ? undefined : await repositoryOf({ 'pod.yaml': base })
  const problems = judgeManifests(await repositoryOf({ 'pod.yaml': head }), { today }, before)
  const found = problems.filter(({ rule }) => rule === 'pod-security/privileged')
  expect(found).toHaveLength(1)
  return found[0]?.excuse
}

const good = '2026-06-01 sets the clock'

test('an excuse on the base counts up to its last day, and names its reason', async () => {
  expect(await excuse(pod(good), pod(good))).toEqual({ until: '2026-06-01', reason: 'sets the clock' })
  expect(await excuse(pod(good), pod(good), '2026-06-02')).toBeUndefined()
})

test('a change cannot excuse itself', async () => {
  expect(await excuse(pod(), pod(good))).toBeUndefined()
  expect(await excuse(undefined, pod(good))).toBeUndefined()
  expect(await excuse(pod('2026-05-01 is over'), pod(good))).toBeUndefined()
})

test('an excuse is for its own object', async () => {
  expect(await excuse(pod(good, 'other'), pod(good))).toBeUndefined()
})

test('an excuse without a reason is none', async () => {
  expect(await excuse(pod('2026-12-31'), pod('2026-12-31'))).toBeUndefined()
})
