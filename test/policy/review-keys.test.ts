import { expect, test } from 'vitest'
import { readDefaultPolicy } from '../../src/policy/read.ts'

const read = (text: string) => readDefaultPolicy(async (path) => (path === '.portcullis.yaml' ? Buffer.from(text) : undefined))

test('a policy may shorten waivers and thin out comments', async () => {
  expect(await read('waiverDays: 30\nreviewComments: 5\n')).toMatchObject({ waiverDays: 30, reviewComments: 5 })
  const policy = await read('failOn: high\n')
  expect([policy.waiverDays, policy.reviewComments]).toEqual([undefined, undefined])
})

test.each(['waiverDays: 181', 'waiverDays: 0', 'reviewComments: 31', 'reviewComments: -1', 'reviewComments: many'])(
  'it may not have more than is allowed: %s',
  async (text) => {
    await expect(read(`${text}\n`)).rejects.toThrow(/^\.portcullis\.yaml:1:/)
  },
)
