import { expect, test } from 'vitest'
import { createPatience } from '../../../src/publish/github/patience.ts'

const read = { method: 'GET', url: '/repos/{owner}/{repo}/pulls' }
const review = { method: 'POST', url: '/repos/{owner}/{repo}/pulls/{pull_number}/reviews' }
const status = { method: 'POST', url: '/repos/{owner}/{repo}/statuses/{sha}' }

function clock(between = 0) {
  let now = 1_000_000
  const slept: number[] = []
  const pace = {
    betweenWritesMilliseconds: between,
    now: () => now,
    sleep: async (milliseconds: number) => {
      slept.push(milliseconds)
      now += milliseconds
    },
  }
  return { patience: createPatience(pace, new AbortController().signal), slept, now: () => now }
}

/** Fails with these one after the other, then answers how often it was asked. */
function server(...failures: readonly object[]) {
  let asked = 0
  return async () => {
    const failure = failures[asked++]
    if (failure) throw Object.assign(new Error('refused'), failure)
    return asked
  }
}

const answered = (code: number, headers: object = {}) => ({ status: code, response: { headers } })
const broken = { status: 500 }

test('reads are tried again after a broken connection and after 5xx, five times in all', async () => {
  const { patience, slept } = clock()
  expect(await patience.run(read, server(broken, answered(502), answered(503)))).toBe(4)
  expect(slept).toEqual([500, 1000, 2000])
  await expect(patience.run(read, server(...Array(9).fill(answered(500))))).rejects.toThrow('refused')
  expect(slept).toHaveLength(7)
})

test('a review whose answer was lost is not posted a second time, a status is', async () => {
  const { patience, slept } = clock()
  await expect(patience.run(review, server(answered(502)))).rejects.toThrow('refused')
  await expect(patience.run(review, server(broken))).rejects.toThrow('refused')
  expect(slept).toEqual([])
  expect(await patience.run(status, server(answered(502)))).toBe(2)
})

test('GraphQL is repeated where it reads or resolves, and not where it replies', async () => {
  const { patience } = clock()
  const ask = (query: string) => patience.run({ method: 'POST', url: '/graphql', query }, server(answered(502)))
  expect(await ask('query { viewer { login } }')).toBe(2)
  expect(await ask('mutation { resolveReviewThread(input: {}) { thread { id } } }')).toBe(2)
  await expect(ask('mutation { addPullRequestReviewThreadReply(input: {}) { comment { id } } }')).rejects.toThrow('refused')
})

test('a secondary limit is waited for as long as it asks, writes too', async () => {
  const { patience, slept } = clock()
  expect(await patience.run(review, server(answered(403, { 'retry-after': '30' }), answered(429, { 'retry-after': '7' })))).toBe(3)
  expect(slept).toEqual([30_000, 7000])
})

test('a primary limit is waited for until it is reset, where that is soon', async () => {
  const { patience, slept, now } = clock()
  const limited = (seconds: number) => answered(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now() / 1000 + seconds) })
  expect(await patience.run(read, server(limited(60)))).toBe(2)
  expect(slept).toEqual([60_000])
  await expect(patience.run(read, server(limited(3600)))).rejects.toThrow('asks to wait 3600 s, which is longer than this run waits')
  expect(slept).toHaveLength(1)
})

test('all waiting of one run has a bound', async () => {
  const { patience, slept } = clock()
  const limited = answered(429, { 'retry-after': '100' })
  await expect(patience.run(read, server(limited, limited, limited, limited))).rejects.toThrow('longer than this run waits')
  expect(slept).toEqual([100_000, 100_000, 100_000])
})

test('a refusal for lack of rights is not a limit', async () => {
  const { patience, slept } = clock()
  await expect(patience.run(review, server(answered(403, { 'x-ratelimit-remaining': '4000' })))).rejects.toThrow('refused')
  expect(slept).toEqual([])
})

test('writes go one after the other, a second apart, and reads do not wait for them', async () => {
  const { patience, slept } = clock(1000)
  const order: string[] = []
  const act = (name: string) => async () => {
    order.push(`${name} starts`)
    await Promise.resolve()
    order.push(`${name} ends`)
  }
  await Promise.all([patience.run(status, act('a')), patience.run(review, act('b')), patience.run(read, act('read'))])
  expect(order.filter((each) => !each.startsWith('read'))).toEqual(['a starts', 'a ends', 'b starts', 'b ends'])
  expect(order.indexOf('read starts')).toBeLessThan(order.indexOf('b starts'))
  expect(slept).toEqual([1000])
})

test('a write that fails does not stop the next one', async () => {
  const { patience } = clock()
  const results = await Promise.allSettled([patience.run(review, server(answered(422))), patience.run(review, server())])
  expect(results.map((result) => result.status)).toEqual(['rejected', 'fulfilled'])
})
