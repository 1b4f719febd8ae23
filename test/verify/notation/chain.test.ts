import { expect, test } from 'vitest'
import { readChain } from '../../../src/verify/notation/chain.ts'
import { notationAuthority } from '../../builders/notation.ts'

test('a leaf below its authority is a chain', async () => {
  const { chain } = await (await notationAuthority()).issue()
  expect(readChain(chain)).toMatchObject({
    certificates: [{ subject: expect.stringContaining('release') }, { subject: expect.stringContaining('root') }],
  })
})

test('an authority of the same name and another key is not the one that signed', async () => {
  const [{ chain }, impostor] = await Promise.all([(await notationAuthority()).issue(), notationAuthority('acme', { keyName: 'impostor' })])
  expect(readChain([...chain.slice(0, 1), impostor.root.raw])).toBe('a certificate of the chain is not by the next one')
})

test('a certificate that may not issue any is no authority', async () => {
  const { chain } = await (await notationAuthority('acme', { isAuthority: false })).issue()
  expect(readChain(chain)).toBe('a certificate of the chain is not one of an authority')
})

test('a chain that does not end in its own issuer is none', async () => {
  const { chain } = await (await notationAuthority()).issue()
  expect(readChain(chain.slice(0, 1))).toBe('a certificate of the chain is not by the next one')
  expect(readChain([])).toBe('the chain is empty')
})
