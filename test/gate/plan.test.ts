import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makePlan } from '../../src/gate/plan.ts'
import { openPart } from '../../src/gate/plan-open.ts'
import { parseShard } from '../../src/gate/plan-part.ts'
import { prepareCheck } from '../../src/gate/prepare.ts'
import { createHttp } from '../../src/http.ts'
import { type Folder, temporaryFolder } from '../builders/tree.ts'

let folder: Folder
beforeEach(() => {
  folder = temporaryFolder({ 'tree/a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n', 'records/a.json': '{}' })
})
afterEach(() => folder[Symbol.dispose]())

const request = (more: Readonly<Record<string, unknown>> = {}) => {
  const host = { http: createHttp({ offline: true }), environment: {}, now: new Date('2026-01-01'), signal: AbortSignal.timeout(20_000) }
  return prepareCheck(`${folder.path}/tree`, { advisories: [`${folder.path}/records`], offline: true, ...more }, host)
}
const path = () => `${folder.path}/tree`
const file = () => `${folder.path}/plan.json`
const write = async () => writeFileSync(file(), JSON.stringify((await makePlan(await request(), { atMost: 4 }, undefined)).plan))

test('small work is one shard, and the same work is the same plan', async () => {
  const [first, second] = [await makePlan(await request(), { atMost: 8 }, 'c0'), await makePlan(await request(), { atMost: 8 }, 'c0')]
  expect(first.plan.shards).toEqual(['1/1'])
  expect(second.plan).toEqual(first.plan)
})

test('a plan holds where nothing has changed', async () => {
  await write()
  expect((await openPart(await request(), path(), '1/1', file())).isFirst).toBe(true)
})

test.each([
  ['of another policy', async () => {}, { failOn: 'low' }, 'is of another policy'],
  [
    'of other files',
    async () => folder.write({ 'tree/b.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: b }\n' }),
    {},
    'another state of the judged files',
  ],
  ['of other advisories', async () => folder.write({ 'records/b.json': '{}' }), {}, 'is of another advisory snapshot'],
  [
    'that was changed',
    async () => writeFileSync(file(), readFileSync(file(), 'utf8').replace('"1/1"', '"1/1","2/2"')),
    {},
    'was changed after it was made',
  ],
  ['that is cut short', async () => writeFileSync(file(), readFileSync(file(), 'utf8').slice(0, 80)), {}, 'JSON'],
])('a plan %s is refused', async (_, change, call, message) => {
  await write()
  await change()
  await expect(openPart(await request(call), path(), '1/1', file())).rejects.toThrow(message)
})

test('a shard that the plan does not have is a wrong call', async () => {
  await write()
  await expect(openPart(await request(), path(), '2/3', file())).rejects.toThrow('the plan has 1 shards')
})

test.each(['0/4', '5/4', '1/257', '1', '1/4 ', 'a/b', '-1/4'])('%j is no shard', (text) => {
  expect(() => parseShard(text)).toThrow('expected I/N')
})
